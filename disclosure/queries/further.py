"""Further disclosure (更なる開示: 独立行政法人等情報公開法 第15条第5項): until when it can be asked for."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.queries.case_law import case_law
from disclosure.queries.handovers import entries, handouts, standing
from disclosure.queries.hindrances import ASKED, Hindrance
from disclosure.queries.methods import latest
from disclosure.rules import deadlines
from disclosure.rules.arrival import Step
from disclosure.rules.states import Action, State
from portal.core.clock import day_in_japan
from portal.core.errors import N_

STILL_OPEN = N_("The requester can still ask for further disclosure until %(day)s.")


def first_received_on(session: Session, case: Case) -> date | None:
    """The day on which something of the documents first reached whoever asked; None while that is not known."""
    if case.released_at is None:
        return None
    rows = standing(entries(session, case))
    if not rows and not handouts(session, case):
        return day_in_japan(case.released_at)
    return min((row.day for row in rows if row.step is Step.ARRIVED), default=None)


def further_due(session: Session, case: Case) -> deadlines.Due | None:
    """Until when further disclosure can be asked for; None under a law without it, or before anything arrived."""
    clock, received = case_law(case).further_clock, first_received_on(session, case)
    if not clock or received is None:
        return None
    return deadlines.compute(clock, received, law_day=case.law_day)


def asked_on(session: Session, case: Case) -> date | None:
    """The day on which the further disclosure that is being prepared was asked for; None where none is."""
    if case.state is not State.METHOD_CHOICE or case.released_at is None:
        return None
    row = latest(session, case)
    return day_in_japan(row.chosen_at) if row is not None else None


def _can_still_be_asked(session: Session, case: Case, today: date) -> Hindrance | None:
    due = further_due(session, case) if case.state is State.IMPLEMENTED else None
    if due is None or today > due.binding_on:
        return None
    return Hindrance(STILL_OPEN, {"day": due.binding_on}, since_on=due.binding_on)


ASKED[Action.CLOSE] = (*ASKED.get(Action.CLOSE, ()), _can_still_be_asked)
