"""The life of a request as one table: in which state which action leads where.

Nothing else moves a case. What runs beside it (opinions of third parties, fees, appeals) has tables of its own and
can only hinder a step.
"""

from __future__ import annotations

from enum import StrEnum

from portal.core.errors import N_, Conflict


class State(StrEnum):
    """Where a request stands (事案の状態)."""

    RECEIVED = "received"
    IDENTITY_CHECK = "identity-check"
    CORRECTION = "correction"
    SEARCH = "search"
    DRAFTING = "drafting"
    APPROVAL = "approval"
    APPROVED = "approved"
    NOTIFIED = "notified"
    METHOD_CHOICE = "method-choice"
    IMPLEMENTED = "implemented"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    LAPSED = "lapsed"
    CLOSED = "closed"


class Action(StrEnum):
    """What can be done to a request; the first block moves it, the second leaves its state as it is."""

    START_IDENTITY_CHECK = "start-identity-check"
    CONFIRM_IDENTITY = "confirm-identity"
    ASK_CORRECTION = "ask-correction"
    ANSWER_CORRECTION = "answer-correction"
    GIVE_UP_CORRECTION = "give-up-correction"
    DRAFT = "draft"
    SEND_FOR_APPROVAL = "send-for-approval"
    SEND_BACK = "send-back"
    APPROVE = "approve"
    ISSUE = "issue"
    CHOOSE_METHOD = "choose-method"
    RELEASE = "release"
    CARRY_OUT = "carry-out"
    LAPSE = "lapse"
    ACCEPT_LATE = "accept-late"
    ASK_FURTHER = "ask-further"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    DEEM_WITHDRAWN = "deem-withdrawn"
    TRANSFER = "transfer"

    EXTEND = "extend"
    APPLY_SPECIAL_PERIOD = "apply-special-period"
    ATTACH_RECORD = "attach-record"
    REMOVE_RECORD = "remove-record"
    ASSIGN = "assign"
    NOTE = "note"


S, A = State, Action

TABLE: dict[State, dict[Action, State]] = {
    S.RECEIVED: {A.START_IDENTITY_CHECK: S.IDENTITY_CHECK, A.WITHDRAW: S.WITHDRAWN},
    S.IDENTITY_CHECK: {A.CONFIRM_IDENTITY: S.SEARCH, A.ASK_CORRECTION: S.CORRECTION, A.WITHDRAW: S.WITHDRAWN},
    S.CORRECTION: {A.ANSWER_CORRECTION: S.IDENTITY_CHECK, A.GIVE_UP_CORRECTION: S.DRAFTING, A.WITHDRAW: S.WITHDRAWN},
    S.SEARCH: {
        A.DRAFT: S.DRAFTING,
        A.ASK_CORRECTION: S.CORRECTION,
        A.ATTACH_RECORD: S.SEARCH,
        A.REMOVE_RECORD: S.SEARCH,
        A.TRANSFER: S.TRANSFERRED,
        A.WITHDRAW: S.WITHDRAWN,
    },
    S.DRAFTING: {
        A.DRAFT: S.DRAFTING,
        A.ATTACH_RECORD: S.DRAFTING,
        A.REMOVE_RECORD: S.DRAFTING,
        A.SEND_FOR_APPROVAL: S.APPROVAL,
        A.TRANSFER: S.TRANSFERRED,
        A.WITHDRAW: S.WITHDRAWN,
    },
    S.APPROVAL: {A.APPROVE: S.APPROVED, A.SEND_BACK: S.DRAFTING, A.WITHDRAW: S.WITHDRAWN},
    S.APPROVED: {A.ISSUE: S.NOTIFIED, A.SEND_BACK: S.DRAFTING, A.WITHDRAW: S.WITHDRAWN},
    S.NOTIFIED: {
        A.CHOOSE_METHOD: S.METHOD_CHOICE,
        A.RELEASE: S.IMPLEMENTED,
        A.CARRY_OUT: S.IMPLEMENTED,
        A.LAPSE: S.LAPSED,
        A.CLOSE: S.CLOSED,
    },
    S.METHOD_CHOICE: {A.CHOOSE_METHOD: S.METHOD_CHOICE, A.RELEASE: S.IMPLEMENTED, A.CLOSE: S.CLOSED},
    S.IMPLEMENTED: {A.ASK_FURTHER: S.METHOD_CHOICE, A.CLOSE: S.CLOSED},
    S.WITHDRAWN: {},
    S.TRANSFERRED: {},
    S.LAPSED: {},
    S.CLOSED: {},
}
# More time can be told of while the clock runs: from the identity check on, and until the decision is approved.
for _state in (S.IDENTITY_CHECK, S.SEARCH, S.DRAFTING, S.APPROVAL):
    TABLE[_state] |= {A.EXTEND: _state, A.APPLY_SPECIAL_PERIOD: _state}
# A representative who no longer is one ends the request, until the records are handed out (施行令 第22条第5項).
for _state in State:
    if TABLE[_state] and _state is not S.IMPLEMENTED:
        TABLE[_state][A.DEEM_WITHDRAWN] = S.WITHDRAWN
for _state, _row in TABLE.items():
    _row[A.NOTE] = _state
    if _row.keys() - {A.NOTE}:
        _row[A.ASSIGN] = _state

# A choice that came late for a good reason counts although the request was ended before it was known (第87条第4項).
TABLE[S.LAPSED][A.ACCEPT_LATE] = S.METHOD_CHOICE

ENDED = frozenset({S.WITHDRAWN, S.TRANSFERRED, S.LAPSED, S.CLOSED})
NOTIFIED = frozenset({S.NOTIFIED, S.METHOD_CHOICE, S.IMPLEMENTED, S.LAPSED, S.CLOSED})
PAUSED = frozenset({S.CORRECTION})


def after(state: State, action: Action) -> State:
    """The state that ``action`` leads to; Conflict when it is not possible in ``state``."""
    try:
        return TABLE[state][action]
    except KeyError:
        raise Conflict(N_("This step is not possible now. Look at the case again: it may have moved on.")) from None


def possible(state: State) -> tuple[Action, ...]:
    """The actions that the table allows in ``state``, in the order of the table."""
    return tuple(TABLE[state])
