"""Drafting the letters of an appeal: the consultation with what goes out beside it, the ruling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from disclosure.models.appeal import Appeal
from disclosure.models.case import Case
from disclosure.models.notice import Notice, NoticeState
from disclosure.operations import notices
from disclosure.operations.appeal_letters import (
    CONSULTATION,
    RULING,
    RULING_TEXTS,
    TOLD,
    TOLD_OTHERS,
)
from disclosure.queries import appeals as queries
from disclosure.queries.keys import case_key
from disclosure.queries.notices import notices as drafted
from portal.core import screening
from portal.core.actor import Actor
from portal.core.errors import N_, Conflict
from portal.core.vault import OfficeVault

CONSULTATION_TEXTS = ("view", "attachments", "postal_code", "address")
ONE_IN_WORK = N_("This letter is drafted already. Read it, or drop the draft first.")
LIMITS = (8000, 20_000)


def draft_consultation(
    session: Session,
    case: Case,
    row: Appeal,
    text: Mapping[str, str],
    *,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
) -> Notice:
    """Draft F24, and F25 to the appellant and to everybody who takes part: they go out in the same step."""
    _screen(text, CONSULTATION_TEXTS)
    _none_in_work(session, case, row, CONSULTATION)
    values = {"appeal": row.id, **text}

    def draft(code: str, said: Mapping[str, Any]) -> Notice:
        return notices.draft_notice(session, case, code, said, vault=vault, by=by, at=at, about_id=row.id)

    made = draft(CONSULTATION, values)
    draft(TOLD, {"appeal": row.id})
    for person in queries.participants(session, case_key(vault, case), row):
        said = {"name": person.name, "postal_code": person.postal_code, "address": person.address}
        draft(TOLD_OTHERS, {"appeal": row.id, "person": said})
    return made


def draft_ruling(
    session: Session, case: Case, row: Appeal, text: Mapping[str, str], *, vault: OfficeVault, by: Actor, at: datetime
) -> Notice:
    """Draft the ruling, or write its draft again. ``text``: result, order, outline, positions, why, differs."""
    _screen(text, (*RULING_TEXTS, "differs"))
    return notices.draft_notice(
        session, case, RULING, {"appeal": row.id, **text}, vault=vault, by=by, at=at, about_id=row.id,
        instead_of=in_work(session, case, row, RULING),
    )  # fmt: skip


def in_work(session: Session, case: Case, row: Appeal, code: str) -> Notice | None:
    """The draft of a letter of this appeal."""
    rows = drafted(session, case, code, row.id)
    return next((one for one in rows if one.state is NoticeState.DRAFTED), None)


def _none_in_work(session: Session, case: Case, row: Appeal, code: str) -> None:
    if in_work(session, case, row, code) is not None:
        raise Conflict(ONE_IN_WORK)


def _screen(text: Mapping[str, str], fields: Sequence[str]) -> None:
    for field in fields:
        screening.lines(text.get(field, ""), field=field, limits=LIMITS)
