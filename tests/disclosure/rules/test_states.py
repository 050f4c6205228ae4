"""The table of states, cell by cell."""

from __future__ import annotations

import itertools

import pytest

from disclosure.rules.states import ENDED, NOTIFIED, TABLE, Action, State, after, possible
from portal.core.errors import Conflict

S, A = State, Action
MOVES = {
    (S.RECEIVED, A.START_IDENTITY_CHECK): S.IDENTITY_CHECK,
    (S.RECEIVED, A.WITHDRAW): S.WITHDRAWN,
    (S.IDENTITY_CHECK, A.CONFIRM_IDENTITY): S.SEARCH,
    (S.IDENTITY_CHECK, A.ASK_CORRECTION): S.CORRECTION,
    (S.IDENTITY_CHECK, A.WITHDRAW): S.WITHDRAWN,
    (S.CORRECTION, A.ANSWER_CORRECTION): S.IDENTITY_CHECK,
    (S.CORRECTION, A.GIVE_UP_CORRECTION): S.DRAFTING,
    (S.CORRECTION, A.WITHDRAW): S.WITHDRAWN,
    (S.SEARCH, A.DRAFT): S.DRAFTING,
    (S.SEARCH, A.ASK_CORRECTION): S.CORRECTION,
    (S.SEARCH, A.ATTACH_RECORD): S.SEARCH,
    (S.SEARCH, A.REMOVE_RECORD): S.SEARCH,
    (S.SEARCH, A.WITHDRAW): S.WITHDRAWN,
    (S.SEARCH, A.TRANSFER): S.TRANSFERRED,
    (S.DRAFTING, A.DRAFT): S.DRAFTING,
    (S.DRAFTING, A.ATTACH_RECORD): S.DRAFTING,
    (S.DRAFTING, A.REMOVE_RECORD): S.DRAFTING,
    (S.DRAFTING, A.SEND_FOR_APPROVAL): S.APPROVAL,
    (S.DRAFTING, A.WITHDRAW): S.WITHDRAWN,
    (S.DRAFTING, A.TRANSFER): S.TRANSFERRED,
    (S.APPROVAL, A.APPROVE): S.APPROVED,
    (S.APPROVAL, A.SEND_BACK): S.DRAFTING,
    (S.APPROVAL, A.WITHDRAW): S.WITHDRAWN,
    (S.APPROVED, A.ISSUE): S.NOTIFIED,
    (S.APPROVED, A.SEND_BACK): S.DRAFTING,
    (S.APPROVED, A.WITHDRAW): S.WITHDRAWN,
    (S.NOTIFIED, A.CHOOSE_METHOD): S.METHOD_CHOICE,
    (S.NOTIFIED, A.RELEASE): S.IMPLEMENTED,
    (S.NOTIFIED, A.CARRY_OUT): S.IMPLEMENTED,
    (S.NOTIFIED, A.LAPSE): S.LAPSED,
    (S.LAPSED, A.ACCEPT_LATE): S.METHOD_CHOICE,
    (S.NOTIFIED, A.CLOSE): S.CLOSED,
    (S.METHOD_CHOICE, A.CHOOSE_METHOD): S.METHOD_CHOICE,
    (S.METHOD_CHOICE, A.RELEASE): S.IMPLEMENTED,
    (S.METHOD_CHOICE, A.CLOSE): S.CLOSED,
    (S.IMPLEMENTED, A.ASK_FURTHER): S.METHOD_CHOICE,
    (S.IMPLEMENTED, A.CLOSE): S.CLOSED,
} | {
    (state, A.DEEM_WITHDRAWN): S.WITHDRAWN
    for state in (
        S.RECEIVED, S.IDENTITY_CHECK, S.CORRECTION, S.SEARCH, S.DRAFTING, S.APPROVAL, S.APPROVED, S.NOTIFIED,
        S.METHOD_CHOICE,
    )
}  # fmt: skip
STAYS = {(state, A.NOTE): state for state in State} | {
    (state, A.ASSIGN): state for state in State if state not in ENDED
}
STAYS |= {
    (state, action): state
    for state in (S.IDENTITY_CHECK, S.SEARCH, S.DRAFTING, S.APPROVAL)
    for action in (A.EXTEND, A.APPLY_SPECIAL_PERIOD)
}


@pytest.mark.parametrize(("state", "action"), list(itertools.product(State, Action)))
def test_each_cell_of_the_table(state, action):
    wanted = (MOVES | STAYS).get((state, action))
    if wanted is None:
        with pytest.raises(Conflict):
            after(state, action)
    else:
        assert after(state, action) is wanted


def test_after_the_notice_nothing_can_be_withdrawn_or_redecided():
    for state in NOTIFIED:
        late = {A.WITHDRAW, A.TRANSFER, A.DRAFT, A.REMOVE_RECORD, A.ISSUE, A.EXTEND, A.APPLY_SPECIAL_PERIOD}
        assert not late & set(possible(state))


def test_every_state_can_be_reached_and_every_open_one_left():
    reached, todo = {S.RECEIVED}, [S.RECEIVED]
    while todo:
        for target in TABLE[todo.pop()].values():
            if target not in reached:
                reached.add(target)
                todo.append(target)
    assert reached == set(State)
    assert all(set(TABLE[state].values()) - {state} for state in set(State) - ENDED)
