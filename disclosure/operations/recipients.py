"""Telling those who were given the data that they were corrected (提供先への通知, 第97条)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from disclosure.letters import recipient_letter
from disclosure.letters.recipient_letter import Recipient
from disclosure.models.case import Case
from disclosure.models.notice import Notice
from disclosure.operations.notices import Following, Making, NoticeKind, draft_notice, register
from disclosure.policy import Right
from disclosure.queries.claims import claim_of, claim_row
from portal.core import screening
from portal.core.actor import Actor
from portal.core.errors import N_, Conflict, Invalid
from portal.core.vault import OfficeVault
from portal.letters.engine import Context

CODE = "f22"
NOT_KNOWN = N_("The law of this case knows no notice to recipients.")
NOT_YET = N_("Recipients are told once the correction was carried out.")
MISSING = N_("Please fill in this field.")
LINES = ("given", "changed")


@dataclass(frozen=True)
class Told:
    """One recipient, and what the letter tells it."""

    name: str
    address: str
    given: str
    changed: str
    department: str = ""
    postal_code: str = ""


def obstacle(session: Session, case: Case) -> str:
    """Why no recipient can be told now, as a message id; empty when one can."""
    row, known = claim_row(session, case), claim_of(case)
    if row is None or known is None or not known.recipients_citation:
        return NOT_KNOWN
    return "" if row.done_on is not None else NOT_YET


def draft_recipient(
    session: Session,
    case: Case,
    told: Told,
    *,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
    instead_of: Notice | None = None,
) -> Notice:
    """Write the letter to one recipient, or write it again. Conflict before the correction; Invalid with ``field``."""
    for field, text in asdict(told).items():
        name = field.replace("_", "-")
        screening.lines(text, field=name) if field in LINES else screening.line(text, field=name)
        if field in ("name", "address", *LINES) and not text.strip():
            raise Invalid(MISSING, field=name)
    return draft_notice(session, case, CODE, asdict(told), vault=vault, by=by, at=at, instead_of=instead_of)


def _check(session: Session, case: Case, values: Mapping[str, Any], day: date) -> None:
    if message := obstacle(session, case):
        raise Conflict(message)


def _context(making: Making) -> Context:
    row = claim_row(making.session, making.case)
    if row is None or row.done_on is None:
        raise Conflict(NOT_YET)
    recipient = Recipient(**{**making.said, "done_on": row.done_on})
    return recipient_letter.context(
        making.case,
        recipient,
        making.fields,
        paper=making.paper,
    )


def _follow(following: Following) -> None:
    """Nothing moves: the letter is the duty."""


register(
    NoticeKind(
        code=CODE,
        drafts=Right.DRAFT_NOTICE,
        issues=Right.ISSUE_NOTICE,
        context=_context,
        check=_check,
        follow=_follow,
        to_requester=False,
    )
)
