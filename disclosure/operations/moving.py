"""Moving a case along the table of states, with the duty that comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.correction import CorrectionRequest
from disclosure.models.extension import ExtensionState
from disclosure.queries import further
from disclosure.queries.case_law import case_law
from disclosure.queries.claims import next_duty
from disclosure.queries.deliveries import deliveries, in_force
from disclosure.queries.extensions import decision_due, in_work
from disclosure.queries.handovers import received_on, underway_until
from disclosure.queries.hindrances import hindrances
from disclosure.queries.keys import corrections
from disclosure.queries.procedure import answer_day, is_alike, unknown_step
from disclosure.queries.slots import booked
from disclosure.queries.third_parties import duty_on
from disclosure.rules import deadlines, procedure, states, uniform
from disclosure.rules.decisions import DISCLOSES
from disclosure.rules.periods import Pause
from disclosure.rules.states import Action, State
from portal.core.actor import Actor
from portal.core.errors import Conflict


def begin(session: Session, case: Case, action: Action, *, by: Actor, right: policy.Right | None = None) -> State:
    """Lock the case, check that the actor may and the case can; returns the state to move to.

    ``right`` is asked for in the action's place, where one person prepares a step and another takes it. Conflict when
    somebody else moved the case since it was read: of two at once the second one learns of the first; and when the law
    of the case, or the sort of record, does not know the step.
    """
    policy.check(by, right or action, case)
    version = session.scalar(select(Case.version).where(Case.id == case.id).with_for_update())
    if version != case.version:
        raise Conflict
    if why := unknown_step(case, action):
        raise Conflict(why)
    state = procedure.after(case_law(case), states.after(case.state, action))
    return uniform.after(case.records, state) if is_alike(case) else state


def insist(session: Session, case: Case, action: Action, *, today: date) -> None:
    """Conflict with the first thing that keeps the step from being taken today."""
    for found in hindrances(session, case, action, today=today):
        raise Conflict(found.message, **{name: str(value) for name, value in found.params.items()})


def pauses(requests: Sequence[CorrectionRequest]) -> list[Pause]:
    """The corrections of a case as pauses of its clock."""
    return [Pause(row.sent_on, row.answered_on or row.given_up_on) for row in requests]


def drop_unissued(session: Session, case: Case) -> bool:
    """Drop the draft of a notice about the period, which has lost its sense; whether there was one."""
    row = in_work(session, case)
    if row is None:
        return False
    row.state = ExtensionState.DROPPED
    session.flush()
    return True


def reckon(session: Session, case: Case, *, today: date) -> None:
    """Compute the days of the case anew after a step: when the decision is due, and whose turn is due when."""
    asked = corrections(session, case)
    due = decision_due(session, case, today=today, asked=asked)
    case.due_on, case.target_on = due.due_on, answer_day(session, case, today=today) or due.target_on
    case.next_due_on = _next_due(session, case, asked, today)


def _next_due(session: Session, case: Case, asked: Sequence[CorrectionRequest], today: date) -> date | None:
    if case.state in states.ENDED:
        return None
    if case.state is State.CORRECTION:
        return asked[-1].due_on
    if (first := duty_on(session, case)) is not None:
        return first
    if case.state not in states.NOTIFIED:
        return answer_day(session, case, today=today) or case.due_on
    if (day := next_duty(case)) is not None:
        return day
    if (wished := further.asked_on(session, case)) is not None:
        return wished + timedelta(days=case_law(case).closing_days)
    law = case_law(case)
    if case.decision_type in DISCLOSES and case.state is State.IMPLEMENTED and case.released_at is not None:
        # The time to claim runs from the day on which the records were received (第90条第3項), not from their release.
        received = received_on(session, case)
        if received is None:
            return underway_until(session, case)
        if law.further_clock:
            due = further.further_due(session, case)
            return due.binding_on if due is not None else received
        code, start = law.claim_clock, received
    elif (appointment := booked(session, case)) is not None:
        return appointment.slot.day
    else:
        # The requester's periods begin when the letter reaches them, not when it is issued (民法 第97条第1項).
        letter = in_force(deliveries(session, case))
        if letter is not None and letter.arrival is None:
            return letter.due_on
        code = law.method_clock if case.decision_type in DISCLOSES else law.appeal_clock
        start = letter.arrival.day if letter is not None and letter.arrival is not None else case.notified_on or today
    if not code:
        return start + timedelta(days=law.closing_days)
    return deadlines.compute(code, start, law_day=case.law_day).binding_on
