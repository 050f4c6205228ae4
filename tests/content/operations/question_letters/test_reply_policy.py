"""Which role takes which step of an answering letter, and who sees the desk of question letters."""

from __future__ import annotations

import pytest

from content import policy
from content.models.replies import Reply
from content.rules.question_letters.states import REPLIES, ReplyAction, ReplyState
from portal.core.actor import PUBLIC, Role
from tests.content.operations.question_letters.test_answering import staff

TABLE = {
    ReplyAction.EDIT: {Role.PUBLISHER},
    ReplyAction.SEND: {Role.PUBLISHER},
    ReplyAction.DISCARD: {Role.PUBLISHER},
    ReplyAction.CLEAR: {Role.OFFICER, Role.APPROVER},
    ReplyAction.APPROVE: {Role.APPROVER},
    ReplyAction.ISSUE: {Role.PUBLISHER, Role.APPROVER},
    ReplyAction.SEND_BACK: {Role.PUBLISHER, Role.OFFICER, Role.APPROVER},
}


@pytest.mark.parametrize("action", list(ReplyAction))
def test_each_step_belongs_to_its_roles_and_states(action: ReplyAction) -> None:
    for state in ReplyState:
        reply = Reply(state=state, writers=["w"], checked_by="c")
        for role in Role:
            may = policy.may_reply(staff("x", role), action, reply)
            assert may is (role in TABLE[action] and action in REPLIES[state]), (state, role)


@pytest.mark.parametrize(
    ("may", "roles"),
    [
        (policy.may_receive, {Role.RECEPTION}),
        (policy.may_assign, {Role.RECEPTION, Role.PUBLISHER}),
        (policy.may_see_questions, {Role.RECEPTION, Role.PUBLISHER, Role.OFFICER, Role.APPROVER}),
    ],
)
def test_the_desk_belongs_to_its_roles(may, roles: set[Role]) -> None:
    assert {role for role in Role if may(staff("x", role))} == roles
    assert not may(PUBLIC)
