"""Who may do what: the whole table of actions by roles."""

from __future__ import annotations

import itertools

import pytest

from disclosure import policy
from disclosure.models.case import Case
from disclosure.policy import Right
from disclosure.rules.states import Action
from portal.core.actor import PUBLIC, SYSTEM, Actor, ActorKind, Role
from portal.core.errors import Forbidden, NotFound

A, R = Action, Right
ALLOWED = {
    Role.RECEPTION: {
        A.START_IDENTITY_CHECK, A.CONFIRM_IDENTITY, A.ASK_CORRECTION, A.ANSWER_CORRECTION, A.CHOOSE_METHOD, A.WITHDRAW,
        A.ASK_FURTHER, A.ASSIGN, A.NOTE, A.DEEM_WITHDRAWN, R.FILE, R.SEE_DESK, R.READ, R.READ_FILES, R.SEE_ACCESS,
        R.DELIVER, R.READ_NOTICE, R.SEND_NOTICE, R.PROTECT, R.HANDLE_FEES, R.ASK_WAIVER, R.APPOINT, R.KEEP_SLOTS,
        R.HAND_OUT,
        R.HANDLE_COMPLAINT, R.APPEAL, R.SAVE_FILTER, R.KEEP_ABSENCES,
    },
    Role.OFFICER: {*A, *R}
    - {
        A.APPROVE, A.SEND_BACK, A.ACCEPT_LATE, R.ISSUE_REPLACEMENT, R.ISSUE_EXTENSION, R.ERASE, R.ISSUE_NOTICE,
        R.WAIVE_FEE, R.RULE_APPEAL, R.PUBLISH_DOCUMENT,
    },
    Role.APPROVER: {
        A.APPROVE, A.SEND_BACK, A.ACCEPT_LATE, A.ISSUE, A.ASSIGN, A.NOTE, R.SEE_DESK, R.READ, R.READ_FILES,
        R.SEE_ACCESS, R.ISSUE_REPLACEMENT, R.DROP_REPLACEMENT, R.ISSUE_EXTENSION, R.DROP_EXTENSION, R.HOLD,
        R.READ_NOTICE, R.ISSUE_NOTICE, R.WAIVE_FEE, R.SECOND_LOOK, R.HANDLE_LEAK, R.RULE_APPEAL, R.SAVE_FILTER,
        R.KEEP_ABSENCES, R.PUBLISH_DOCUMENT, R.DROP_DOCUMENT,
    },
    Role.AUDITOR: {R.SEE_DESK, R.SEE_ACCESS},
    Role.CORRESPONDENT: set(),
    Role.PUBLISHER: set(),
    Role.ADMINISTRATOR: {R.ERASE},
}  # fmt: skip
OWN = {
    R.APPEAL,
    R.ASK_WAIVER,
    A.ANSWER_CORRECTION,
    A.WITHDRAW,
    A.CHOOSE_METHOD,
    A.ASK_FURTHER,
    A.DEEM_WITHDRAWN,
    R.APPOINT,
    R.READ,
    R.READ_FILES,
    R.SEE_ACCESS,
}
CASE = Case(id="case-1")


@pytest.mark.parametrize(("role", "action"), list(itertools.product(Role, [*Action, *Right])))
def test_each_role_may_exactly_this(role, action):
    actor = Actor(ActorKind.STAFF, "staff-1", frozenset({role}))
    assert policy.may(actor, action, CASE) == (action in ALLOWED[role])


@pytest.mark.parametrize("action", [*Action, *Right])
def test_residents_act_on_their_own_case_only(action):
    assert policy.may(Actor(ActorKind.RESIDENT, "case-1"), action, CASE) == (action in OWN)
    assert not policy.may(Actor(ActorKind.RESIDENT, "case-2"), action, CASE)
    assert not policy.may(Actor(ActorKind.RESIDENT, "case-1"), action, None)
    assert not policy.may(PUBLIC, action, CASE)
    assert policy.may(SYSTEM, action, CASE)


def test_staff_hear_that_they_may_not_and_others_that_there_is_nothing():
    with pytest.raises(Forbidden):
        policy.check(Actor(ActorKind.STAFF, "s"), A.NOTE, CASE)
    with pytest.raises(Forbidden):
        policy.check(Actor(ActorKind.RESIDENT, "case-1"), A.APPROVE, CASE)
    with pytest.raises(NotFound):
        policy.check(Actor(ActorKind.RESIDENT, "case-2"), A.WITHDRAW, CASE)
    with pytest.raises(NotFound):
        policy.check(PUBLIC, R.READ, CASE)
