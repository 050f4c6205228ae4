"""Queues of the desk by the duty that comes next: which states wait for which step, as SQL and as words."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_

from disclosure.models.case import Case
from disclosure.queries.wording import ACTIONS, NEXT
from disclosure.rules.decisions import DISCLOSES, DecisionType
from disclosure.rules.states import ENDED, Action, State
from portal.core.errors import N_

WAITING = N_("The requester's answer is awaited")


class Duty(StrEnum):
    """What comes next in a case, whoever is in charge of it. ``waiting``: the requester's turn."""

    BEGIN = "begin"
    IDENTITY = "identity"
    WAITING = "waiting"
    SEARCH = "search"
    DECIDE = "decide"
    APPROVE = "approve"
    ISSUE = "issue"
    DISCLOSE = "disclose"
    CLOSE = "close"


_STATES = {
    Duty.BEGIN: (State.RECEIVED,),
    Duty.IDENTITY: (State.IDENTITY_CHECK,),
    Duty.WAITING: (State.CORRECTION,),
    Duty.SEARCH: (State.SEARCH,),
    Duty.DECIDE: (State.DRAFTING,),
    Duty.APPROVE: (State.APPROVAL,),
    Duty.ISSUE: (State.APPROVED,),
    Duty.DISCLOSE: (State.METHOD_CHOICE,),
    Duty.CLOSE: (State.IMPLEMENTED,),
}
_OF = {state: duty for duty, states in _STATES.items() for state in states}
LABELS = {duty: WAITING if (step := NEXT[states[0]]) is None else ACTIONS[step] for duty, states in _STATES.items()} | {
    Duty.DECIDE: ACTIONS[Action.DRAFT]
}


def duty_of(state: State, decision: DecisionType | None) -> Duty | None:
    """The duty of an open case; None of one that has ended. A notified decision is disclosed first, or only closed."""
    if state in ENDED:
        return None
    if state is State.NOTIFIED:
        return Duty.DISCLOSE if decision in DISCLOSES else Duty.CLOSE
    return _OF[state]


def in_queue(duty: Duty) -> ColumnElement[bool]:
    """SQL: the case waits for this duty."""
    plain = Case.state.in_(_STATES[duty])
    notified = Case.state == State.NOTIFIED
    if duty is Duty.DISCLOSE:
        return or_(plain, and_(notified, Case.decision_type.in_(DISCLOSES)))
    if duty is Duty.CLOSE:
        return or_(plain, and_(notified, Case.decision_type.not_in(DISCLOSES)))
    return plain
