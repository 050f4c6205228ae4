"""Staff accounts in the hands of administrators."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts import queries
from portal.accounts.models import StaffAccount
from portal.core.actor import Role
from portal.core.db import Database
from tests.factories.accounts import press, sign_in
from tests.portal.accounts.conftest import actions

NEW = [("login", "New.Person"), ("name", "見本　新子"), ("roles", "officer"), ("roles", "approver")]


@pytest.fixture
def admin(app: Flask, administrator: StaffAccount) -> FlaskClient:
    client = app.test_client()
    sign_in(client, login="sample-admin")
    return client


def one_time(page: str) -> str:
    found = re.search(r'<output[^>]*id="one-time"[^>]*>([^<]+)</output>', page)
    assert found
    return found.group(1)


def test_a_new_account_gets_a_one_time_password_shown_once(app: Flask, admin: FlaskClient, database: Database) -> None:
    answer = press(admin, "/staff/accounts/new", on="/staff/accounts/new", values=NEW)
    assert answer.status_code == 303
    password = one_time(admin.get(answer.location).text)
    assert 'one-time"' not in admin.get(answer.location).text
    with database.session(write=False) as session:
        account = queries.by_login(session, "new.person")
    assert account is not None
    assert account.name == "見本　新子"
    assert account.role_set == {Role.OFFICER, Role.APPROVER}
    assert password not in account.password_hash
    assert account.password_hash.startswith("$argon2id$")
    assert ("accounts.account.create", account.id) in actions(database)
    assert sign_in(app.test_client(), login="new.person", password=password).status_code == 303


@pytest.mark.parametrize("login", ["ab", "has space", "ümlaut", "sample-admin", "-x-", "a" * 33, "1234-5678-9018"])
def test_a_login_that_does_not_fit_is_refused_with_words(admin: FlaskClient, database: Database, login: str) -> None:
    values = [("login", login), *NEW[1:]]
    answer = press(admin, "/staff/accounts/new", on="/staff/accounts/new", values=values)
    assert answer.status_code == 200
    assert "field__error" in answer.text
    assert len(actions(database)) == 1  # the administrator's own sign-in


def test_an_unknown_role_is_refused(admin: FlaskClient, database: Database) -> None:
    values = [("login", "person"), ("name", "見本"), ("roles", "emperor")]
    answer = press(admin, "/staff/accounts/new", on="/staff/accounts/new", values=values)
    assert answer.status_code == 200
    assert len(actions(database)) == 1


def test_roles_are_replaced(admin: FlaskClient, officer: StaffAccount, database: Database) -> None:
    page = f"/staff/accounts/{officer.id}"
    press(admin, f"{page}/roles", on=page, values=[("roles", "reception"), ("roles", "auditor")])
    with database.session(write=False) as session:
        account = queries.find(session, officer.id)
    assert account is not None
    assert account.role_set == {Role.RECEPTION, Role.AUDITOR}
    assert ("accounts.account.set_roles", officer.id) in actions(database)


def test_roles_that_stay_the_same_are_no_change(admin: FlaskClient, officer: StaffAccount, database: Database) -> None:
    page = f"/staff/accounts/{officer.id}"
    press(admin, f"{page}/roles", on=page, values=[("roles", "officer")])
    assert ("accounts.account.set_roles", officer.id) not in actions(database)


def test_a_closed_account_is_signed_out_and_can_be_opened_again(
    app: Flask, admin: FlaskClient, officer: StaffAccount, database: Database
) -> None:
    client, page = app.test_client(), f"/staff/accounts/{officer.id}"
    sign_in(client)
    press(admin, f"{page}/disable", on=page)
    assert client.get("/staff/sessions").status_code == 302
    assert sign_in(app.test_client()).status_code == 200
    press(admin, f"{page}/enable", on=page)
    assert sign_in(app.test_client()).status_code == 303
    done = [action for action, subject in actions(database) if subject == officer.id]
    assert "accounts.account.disable" in done
    assert "accounts.account.enable" in done


def test_a_reset_password_replaces_the_old_one(app: Flask, admin: FlaskClient, officer: StaffAccount) -> None:
    client, page = app.test_client(), f"/staff/accounts/{officer.id}"
    sign_in(client)
    password = one_time(admin.get(press(admin, f"{page}/password", on=page).location).text)
    assert client.get("/staff/sessions").status_code == 302
    assert sign_in(app.test_client()).status_code == 200
    assert sign_in(app.test_client(), password=password).location == "/staff/sessions"


def test_sessions_of_a_person_are_ended(app: Flask, admin: FlaskClient, officer: StaffAccount) -> None:
    client, page = app.test_client(), f"/staff/accounts/{officer.id}"
    sign_in(client)
    press(admin, f"{page}/sessions/end", on=page)
    assert client.get("/staff/sessions").status_code == 302
    assert sign_in(app.test_client()).status_code == 303


@pytest.mark.parametrize("step", ["roles", "disable", "password"])
def test_nobody_changes_their_own_rights(
    admin: FlaskClient, administrator: StaffAccount, database: Database, step: str
) -> None:
    page = f"/staff/accounts/{administrator.id}"
    answer = press(admin, f"{page}/{step}", on="/staff/accounts/new", values=[("roles", "officer")])
    assert answer.status_code == 403
    assert admin.get("/staff/accounts").status_code == 200
    assert len(actions(database)) == 1


def test_an_unknown_account_is_not_found(admin: FlaskClient) -> None:
    assert admin.get("/staff/accounts/nobody").status_code == 404
    assert press(admin, "/staff/accounts/nobody/disable", on="/staff/accounts/new").status_code == 404


def test_a_name_is_shown_as_text(admin: FlaskClient) -> None:
    values = [("login", "person"), ("name", "<script>alert(1)</script>")]
    answer = press(admin, "/staff/accounts/new", on="/staff/accounts/new", values=values)
    page = admin.get(answer.location).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in admin.get("/staff/accounts").text
