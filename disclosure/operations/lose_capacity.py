"""A representative no longer is one: the request counts as withdrawn.

個人情報の保護に関する法律施行令 第22条第4項・第5項.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.operations.history import book, tell
from disclosure.operations.moving import begin, reckon
from disclosure.operations.notify import notify_resident
from disclosure.operations.withdraw import stop_work
from disclosure.rules.agents import NO_AGENT
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import Requester
from disclosure.rules.states import Action
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict, Invalid


def lose_capacity(session: Session, case: Case, lost_on: date | None, *, by: Actor, at: datetime) -> None:
    """End the request, until the records are handed out. A decision that was notified stands and is counted as one."""
    state = begin(session, case, Action.DEEM_WITHDRAWN, by=by)
    today = day_in_japan(at)
    if case.requester is Requester.PERSON:
        raise Conflict(NO_AGENT)
    if lost_on is None or lost_on > today:
        raise Invalid(N_("The representation cannot end on this day."), field="lost-on")
    stop_work(session, case, by=by, at=at)
    case.state, case.ended_on = state, today
    if case.notified_on is None:
        case.decision_type = DecisionType.WITHDRAWN
    session.flush()
    reckon(session, case, today=today)
    notify_resident(session, case, "withdrawn", at=at)
    tell(session, case, "deemed-withdrawn", by=by, at=at, lost_on=lost_on.isoformat())
    book(session, case, "deem-withdrawn", by=by, at=at, lost_on=lost_on.isoformat())
