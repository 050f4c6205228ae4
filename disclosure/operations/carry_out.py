"""Carrying out what a claim was granted (訂正の実施・利用停止の実施): what was changed, when and by whom."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.claim import ClaimRow
from disclosure.operations.history import book, tell
from disclosure.operations.moving import begin, insist, reckon
from disclosure.operations.notify import notify_resident
from disclosure.queries.case_law import grants, is_claim
from disclosure.queries.claims import claim_row
from disclosure.queries.keys import case_key
from disclosure.rules.states import Action, State
from portal.core import screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict, Invalid
from portal.core.sealed import seal_text
from portal.core.vault import OfficeVault

LIMITS = (2000, 8000)
NOT_GRANTED = N_("Nothing was granted in this case, so there is nothing to carry out.")
DONE_BEFORE = N_("It was entered before that this was carried out.")


def can_be_carried_out(case: Case) -> bool:
    """Whether something is to be carried out here: it was granted, or another body decided (第96条第3項)."""
    return (grants(case) and case.state is State.NOTIFIED) or (is_claim(case) and case.state is State.TRANSFERRED)


def carry_out(
    session: Session, case: Case, text: str, done_on: date, *, vault: OfficeVault, by: Actor, at: datetime
) -> ClaimRow:
    """Enter that it was carried out on ``done_on``; ``text`` says what was changed, and the requester reads it.

    A correction that was transferred is decided by the receiver and carried out here: its case has ended and stays so.
    Conflict when nothing was granted; Invalid with ``field``.
    """
    today = day_in_japan(at)
    transferred = is_claim(case) and case.state is State.TRANSFERRED
    if transferred:
        policy.check(by, Action.CARRY_OUT, case)
    else:
        state = begin(session, case, Action.CARRY_OUT, by=by)
        insist(session, case, Action.CARRY_OUT, today=today)
    row = claim_row(session, case)
    if row is None or not can_be_carried_out(case):
        raise Conflict(NOT_GRANTED)
    if row.done_on is not None:
        raise Conflict(DONE_BEFORE)
    if not text.strip():
        raise Invalid(N_("Say what was changed."), field="text")
    screening.lines(text, field="text", limits=LIMITS)
    decided_on = case.ended_on if transferred else case.notified_on
    if not (decided_on or case.received_on) <= done_on <= today:
        raise Invalid(N_("It cannot have been carried out on this day."), field="done-on")
    sealed = seal_text(case_key(vault, case), ClaimRow.__tablename__, "done", row.case_id, text)
    row.done_on, row.done_at, row.done_by, row.done_name, row.done_sealed = done_on, at, by.id, by.name, sealed
    if not transferred:
        case.state, case.released_at = state, at
    session.flush()
    reckon(session, case, today=today)
    notify_resident(session, case, "carried-out", at=at)
    tell(session, case, "carried-out", by=by, at=at, done_on=done_on.isoformat())
    book(session, case, "carry-out", by=by, at=at, done_on=done_on.isoformat())
    return row
