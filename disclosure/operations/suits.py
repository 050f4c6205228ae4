"""Suits about a case: that one was filed, and how it ended, entered as facts. The case is held from its entry on."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.event import Audience
from disclosure.models.suit import Suit, SuitResult
from disclosure.operations.history import book, tell
from disclosure.operations.retention import keep_hold
from disclosure.policy import Right
from disclosure.rules.retention import HoldGround
from portal.core import screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid
from portal.core.sealed import seal_text
from portal.core.vault import CaseKey

NOT_THEN = N_("This cannot have been on that day.")


def enter_suit(
    session: Session, case: Case, day: date, court: str, note: str, *, key: CaseKey, by: Actor, at: datetime
) -> Suit:
    """Enter a suit. Nothing of the case is destroyed from now on, until somebody lifts the hold."""
    policy.check(by, Right.HANDLE_APPEAL, case)
    if not court.strip():
        raise Invalid(N_("Please fill in this field."), field="court")
    screening.line(court, field="court")
    screening.lines(note, field="note")
    if not case.received_on <= day <= day_in_japan(at):
        raise Invalid(NOT_THEN, field="filed-on")
    row = Suit(
        id=new_id(), case_id=case.id, filed_on=day, court=court, entered_at=at, entered_by=by.id, entered_name=by.name
    )  # fmt: skip
    row.note_sealed = seal_text(key, Suit.__tablename__, "note", row.id, note)
    session.add(row)
    keep_hold(session, case, HoldGround.SUIT, court, key=key, by=by, at=at)
    session.flush()
    tell(session, case, "suit-entered", by=by, at=at, audience=Audience.STAFF)
    book(session, case, "enter-suit", by=by, at=at, suit=row.id)
    return row


def end_suit(
    session: Session, case: Case, row: Suit, result: SuitResult, day: date, *, by: Actor, at: datetime
) -> None:
    """Enter how a suit ended. The hold stays: a judgment may be contested, so lifting it is a decision of its own."""
    policy.check(by, Right.HANDLE_APPEAL, case)
    if row.result is not None:
        raise Conflict(N_("The end of this suit was entered before."))
    if not row.filed_on <= day <= day_in_japan(at):
        raise Invalid(NOT_THEN, field="ended-on")
    row.result, row.ended_on = result, day
    session.flush()
    tell(session, case, "suit-ended", by=by, at=at, audience=Audience.STAFF)
    book(session, case, "end-suit", by=by, at=at, suit=row.id, result=result.value)
