"""Who may do what, cell by cell; and the same through the doors."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.accounts.models import StaffAccount
from portal.accounts.policy import ADMINISTRATION, NEVER_ON_ONESELF, OWN, Action, check, may
from portal.core.actor import PUBLIC, SYSTEM, Actor, ActorKind, Role
from portal.core.db import Database
from portal.core.errors import Forbidden
from tests.factories.accounts import an_account, press, sign_in

SELF = StaffAccount(id="self", roles=[])
OTHER = StaffAccount(id="other", roles=[])


def staff(*roles: Role) -> Actor:
    return Actor(ActorKind.STAFF, "self", frozenset(roles))


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("role", list(Role))
def test_others(action: Action, role: Role) -> None:
    allowed = (role is Role.ADMINISTRATOR and action in ADMINISTRATION) or (
        role is Role.AUDITOR and action is Action.READ_JOURNAL
    )
    assert may(staff(role), action, OTHER) is allowed


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("role", list(Role))
def test_oneself(action: Action, role: Role) -> None:
    expected = action in OWN or (may(staff(role), action, OTHER) and action not in NEVER_ON_ONESELF)
    assert may(staff(role), action, SELF) is expected


@pytest.mark.parametrize("action", list(Action))
def test_residents_and_the_public_may_nothing_and_the_command_line_all(action: Action) -> None:
    resident = Actor(ActorKind.RESIDENT, "self")
    assert not may(PUBLIC, action, OTHER)
    assert not may(resident, action, SELF)
    assert may(SYSTEM, action, OTHER)


def test_a_refusal_says_why_when_it_is_ones_own_account() -> None:
    with pytest.raises(Forbidden, match="own account"):
        check(staff(Role.ADMINISTRATOR), Action.DISABLE, SELF)


GETS = {
    "/staff/": None,
    "/staff/password": None,
    "/staff/sessions": None,
    "/staff/accounts": Role.ADMINISTRATOR,
    "/staff/accounts/new": Role.ADMINISTRATOR,
    "/staff/jobs": Role.ADMINISTRATOR,
    "/staff/audit": Role.AUDITOR,
    "/staff/audit/check": Role.AUDITOR,
}
POSTS = {
    "/staff/accounts/new": Role.ADMINISTRATOR,
    "/staff/accounts/x/roles": Role.ADMINISTRATOR,
    "/staff/accounts/x/disable": Role.ADMINISTRATOR,
    "/staff/accounts/x/enable": Role.ADMINISTRATOR,
    "/staff/accounts/x/password": Role.ADMINISTRATOR,
    "/staff/accounts/x/sessions/end": Role.ADMINISTRATOR,
    "/staff/jobs/x/retry": Role.ADMINISTRATOR,
}


@pytest.mark.parametrize("role", [None, *Role])
def test_every_door_for_every_role(app: Flask, database: Database, role: Role | None) -> None:
    client = app.test_client()
    if role is not None:
        with database.session(write=True) as session:
            an_account(session, role)
        sign_in(client)
    for address, needed in GETS.items():
        status = client.get(address).status_code
        if role is None:
            assert status == 302, address
        elif needed in (None, role):
            assert status in (200, 302), address
        else:
            assert status == 403, address
    for address, needed in POSTS.items():
        status = press(client, address, on="/staff/password" if role else "/staff/sign-in").status_code
        if role is None:
            assert status == 302, address
        else:
            assert (status == 403) is (needed is not role), (address, status)
