"""Withdrawing a request (取下げ), possible until the decision is notified."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.decision import DecisionState
from disclosure.operations.history import book, tell
from disclosure.operations.moving import begin, drop_unissued, reckon
from disclosure.operations.notices import drop_drafts
from disclosure.operations.notify import notify_resident
from disclosure.operations.order_post import drop_orders
from disclosure.queries.keys import corrections, decision_in_work
from disclosure.rules.decisions import DecisionType
from disclosure.rules.states import Action
from portal.core.actor import Actor
from portal.core.clock import day_in_japan


def stop_work(session: Session, case: Case, *, by: Actor, at: datetime) -> None:
    """Wait for no correction any more; drop what is drafted and not issued, and what waits for the post.

    Nothing is deleted. A letter that is printed already is seen to by hand.
    """
    today = day_in_japan(at)
    for request in corrections(session, case):
        if request.answered_on is None and request.given_up_on is None:
            request.given_up_on = today
    decision = decision_in_work(session, case)
    if decision is not None:
        decision.state = DecisionState.DROPPED
    drop_unissued(session, case)
    drop_drafts(session, case, by=by, at=at)
    drop_orders(session, case, by=by, at=at)


def withdraw(session: Session, case: Case, *, by: Actor, at: datetime) -> None:
    """End the request because its sender no longer wants it. A decision in work is dropped, not deleted."""
    state = begin(session, case, Action.WITHDRAW, by=by)
    today = day_in_japan(at)
    stop_work(session, case, by=by, at=at)
    case.state, case.ended_on, case.decision_type = state, today, DecisionType.WITHDRAWN
    session.flush()
    reckon(session, case, today=today)
    notify_resident(session, case, "withdrawn", at=at)
    tell(session, case, "withdrawn", by=by, at=at)
    book(session, case, "withdraw", by=by, at=at)
