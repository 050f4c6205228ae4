"""Telling the person concerned of a leak, in writing (本人への通知, 個人情報保護法 第26条第2項・第68条第2項)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from disclosure.letters import breach_letter
from disclosure.letters.breach_letter import Breach
from disclosure.models.case import Case
from disclosure.models.leak import Leak
from disclosure.models.notice import Notice
from disclosure.operations.history import book
from disclosure.operations.notices import Following, Making, NoticeKind, draft_notice, register
from disclosure.policy import Right
from disclosure.rules.leaks import LeakState, Told, notice_rule
from portal.core import screening
from portal.core.actor import Actor
from portal.core.errors import N_, Conflict, Invalid, NotFound
from portal.core.vault import OfficeVault
from portal.letters.engine import Context

CODE = "breach"
CLOSED = N_("This leak is closed.")
NOT_KNOWN = N_("The law of this case knows no such notice.")
MISSING = N_("Please fill in this field.")


@dataclass(frozen=True)
class Letter:
    """Whose record it was and where they are reached; the texts of the letter's items by their keys."""

    name: str
    address: str
    postal_code: str = ""
    items: Mapping[str, str] = field(default_factory=dict)


def draft_breach_notice(
    session: Session,
    case: Case,
    leak: Leak,
    letter: Letter,
    *,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
) -> Notice:
    """Write the letter; a second person issues it, and with that the person counts as told.

    Conflict for a closed leak; Invalid with ``field`` for a text that is missing or cannot be taken.
    """
    rule = notice_rule(case.regime, leak.known_on)
    if rule is None:
        raise Conflict(NOT_KNOWN)
    for name in ("name", "postal_code", "address"):
        text = getattr(letter, name)
        screening.line(text, field=name)
        if name != "postal_code" and not text.strip():
            raise Invalid(MISSING, field=name)
    items = {key: letter.items.get(key, "").strip() for key in rule.items}
    for key, text in items.items():
        screening.lines(text, field=f"item_{key}")
        if key in rule.needed and not text:
            raise Invalid(MISSING, field=f"item_{key}")
    said = {
        "leak": leak.id, "name": letter.name.strip(), "postal_code": letter.postal_code.strip(),
        "address": letter.address.strip(), "items": items,
    }  # fmt: skip
    return draft_notice(session, case, CODE, said, vault=vault, by=by, at=at, about_id=leak.id)


def _leak(session: Session, case: Case, leak_id: str) -> Leak:
    row = session.get(Leak, leak_id)
    if row is None or row.case_id != case.id:
        raise NotFound
    return row


def _check(session: Session, case: Case, said: Mapping[str, Any], day: date) -> None:
    if _leak(session, case, said["leak"]).state is LeakState.CLOSED:
        raise Conflict(CLOSED)


def _context(making: Making) -> Context:
    said = making.said
    leak = _leak(making.session, making.case, said["leak"])
    return breach_letter.context(
        making.case,
        Breach(said["name"], said["postal_code"], said["address"], leak.known_on, said["items"]),
        paper=making.paper,
    )


def _follow(following: Following) -> None:
    """The person counts as told from the day of the letter."""
    session, case = following.session, following.case
    leak = _leak(session, case, following.said["leak"])
    leak.told, leak.told_on = Told.TOLD, following.letter.issued_on
    session.flush()
    book(session, case, "tell-of-leak", by=following.by, at=following.at, leak=leak.id, told=leak.told.value)


register(
    NoticeKind(
        code=CODE,
        drafts=Right.HANDLE_LEAK,
        issues=Right.ISSUE_NOTICE,
        context=_context,
        check=_check,
        follow=_follow,
        to_requester=False,
    )
)
