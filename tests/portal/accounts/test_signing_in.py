"""Signing in and out."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.models import StaffAccount
from portal.accounts.operations.disable import disable
from portal.accounts.operations.set_roles import set_roles
from portal.core import clock, passwords
from portal.core.actor import SYSTEM, Role
from portal.core.db import Database
from tests.factories.accounts import PASSWORD, an_account, press, sign_in
from tests.factories.web import token_in
from tests.portal.accounts.conftest import actions, journal

WRONG = "some other words of tests"


def test_a_member_of_staff_signs_in_and_out(client: FlaskClient, officer: StaffAccount, database: Database) -> None:
    answer = sign_in(client)
    assert answer.status_code == 303
    assert answer.location == "/staff/sessions"
    assert officer.name in client.get("/staff/sessions").text
    out = press(client, "/staff/sign-out", on="/staff/sessions")
    assert out.location == "/staff/sign-in"
    assert client.get("/staff/sessions").status_code == 302
    assert actions(database) == [
        ("accounts.session.begin", officer.id),
        ("accounts.session.end", officer.id),
    ]


def test_the_spelling_of_a_login_matters_less_than_of_a_password(app: Flask, officer: StaffAccount) -> None:
    assert sign_in(app.test_client(), login=" ＳＡＭＰＬＥ-Officer ").status_code == 303
    assert sign_in(app.test_client(), password=PASSWORD.upper()).status_code == 200


def plain(page: str) -> str:
    """A page without what differs from request to request and without the login that was typed."""
    page = re.sub(r'value="[^"]*"', 'value=""', page)
    return re.sub(r"[0-9A-F]{8}", "", page)


def test_every_reason_to_refuse_looks_the_same(app: Flask, database: Database) -> None:
    with database.session(write=True) as session:
        known = an_account(session, Role.OFFICER, login="known")
        closed = an_account(session, Role.OFFICER, login="closed")
        disable(session, closed, by=SYSTEM, at=clock.now())
    answers = [
        sign_in(app.test_client(), login="nobody"),
        sign_in(app.test_client(), login="known", password=WRONG),
        sign_in(app.test_client(), login="closed"),
        sign_in(app.test_client(), login="closed", password=WRONG),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({plain(answer.text) for answer in answers}) == 1
    assert not any("Set-Cookie" in answer.headers for answer in answers)
    refused = [subject for action, subject in actions(database) if action == "accounts.session.refuse"]
    assert refused == ["unknown", known.id, closed.id, closed.id]
    assert not any("nobody" in str(vars(entry)) for entry in journal(database))


def test_every_reason_to_refuse_costs_one_hash(
    app: Flask, officer: StaffAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    real = passwords.verify

    def verify(hashed: str, password: str) -> bool:
        checked.append(hashed.rsplit("$", 2)[0])
        return real(hashed, password)

    monkeypatch.setattr(passwords, "verify", verify)
    sign_in(app.test_client(), login="nobody")
    sign_in(app.test_client(), password=WRONG)
    assert len(checked) == 2
    assert checked[0] == checked[1]  # the same algorithm with the same parameters


def test_signing_in_gives_a_new_token(client: FlaskClient, officer: StaffAccount) -> None:
    client.get("/staff/sign-in")
    before = client.get_cookie("kaiji")
    sign_in(client)
    after = client.get_cookie("kaiji")
    assert before and after and before.value != after.value  # noqa: PT018
    client.set_cookie("kaiji", before.value)
    assert client.get("/staff/sessions").status_code == 302


def test_a_token_from_before_signing_out_opens_nothing(client: FlaskClient, officer: StaffAccount) -> None:
    sign_in(client)
    cookie = client.get_cookie("kaiji")
    press(client, "/staff/sign-out", on="/staff/sessions")
    assert cookie
    client.set_cookie("kaiji", cookie.value)
    assert client.get("/staff/sessions").status_code == 302


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        ("/staff/password", "/staff/password"),
        ("/en/staff/password?a=1", "/en/staff/password?a=1"),
        ("//evil.example/", "/staff/sessions"),
        ("https://evil.example/staff/password", "/staff/sessions"),
        ("/\\evil.example", "/staff/sessions"),
        ("/staff/sign-out", "/staff/sessions"),
    ],
)
def test_after_signing_in_only_pages_here_follow(
    client: FlaskClient, officer: StaffAccount, wanted: str, there: str
) -> None:
    assert sign_in(client, next=wanted).location == there


def test_whoever_is_signed_in_is_led_on(client: FlaskClient, officer: StaffAccount) -> None:
    sign_in(client)
    assert client.get("/staff/sign-in").location == "/staff/sessions"
    assert client.get("/staff/").location == "/staff/sessions"


@pytest.mark.parametrize(
    ("role", "there"),
    [
        (Role.ADMINISTRATOR, "/staff/accounts"),
        (Role.AUDITOR, "/staff/audit"),
        (Role.RECEPTION, "/staff/sessions"),
    ],
)
def test_work_begins_on_the_first_page_that_the_roles_open(
    client: FlaskClient, database: Database, role: Role, there: str
) -> None:
    with database.session(write=True) as session:
        an_account(session, role)
    assert sign_in(client).location == there


def test_ten_tries_at_one_login_are_enough_from_wherever(app: Flask, officer: StaffAccount) -> None:
    client = app.test_client()
    token = token_in(client.get("/staff/sign-in").text)
    found = []
    for number in range(12):
        answer = client.post(
            "/staff/sign-in",
            data={"login": "Sample-Officer", "password": WRONG, "csrf_token": token},
            environ_base={"REMOTE_ADDR": f"10.{number}.0.1"},
        )
        found.append(answer.status_code)
    assert found == [200] * 10 + [429] * 2
    right = {"login": "sample-officer", "password": PASSWORD, "csrf_token": token}
    assert client.post("/staff/sign-in", data=right).status_code == 429


def test_the_throttle_opens_again_by_itself(
    client: FlaskClient, officer: StaffAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_in(client.get("/staff/sign-in").text)
    for _ in range(11):
        client.post("/staff/sign-in", data={"login": "sample-officer", "password": WRONG, "csrf_token": token})
    later = clock.now() + timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert sign_in(client).status_code == 303


def test_roles_count_from_the_next_request(
    client: FlaskClient, administrator: StaffAccount, database: Database
) -> None:
    sign_in(client, login="sample-admin")
    assert client.get("/staff/accounts").status_code == 200
    with database.session(write=True) as session:
        set_roles(session, session.merge(administrator), [], by=SYSTEM, at=clock.now())
    assert client.get("/staff/accounts").status_code == 403
    with database.session(write=True) as session:
        set_roles(session, session.merge(administrator), [Role.ADMINISTRATOR], by=SYSTEM, at=clock.now())
    assert client.get("/staff/accounts").status_code == 200


def test_a_closed_account_is_out_at_once(client: FlaskClient, officer: StaffAccount, database: Database) -> None:
    sign_in(client)
    with database.session(write=True) as session:
        session.merge(officer).disabled_at = clock.now()
    assert client.get("/staff/sessions").status_code == 302


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (61, 302)])
def test_an_idle_hour_ends_a_session(
    client: FlaskClient, officer: StaffAccount, monkeypatch: pytest.MonkeyPatch, minutes: int, status: int
) -> None:
    sign_in(client)
    later = clock.now() + timedelta(minutes=minutes)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.get("/staff/sessions").status_code == status


def test_ten_hours_end_a_session_however_busy(
    client: FlaskClient, officer: StaffAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client)
    begun = clock.now()
    found = []
    for minutes in range(30, 660, 30):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: begun + timedelta(minutes=minutes))
        found.append(client.get("/staff/sessions").status_code)
    assert found == [200] * 19 + [302] * 2


def test_a_personal_number_as_login_is_refused_and_written_nowhere(client: FlaskClient, database: Database) -> None:
    answer = sign_in(client, login="123456789018")
    assert answer.status_code == 200
    assert journal(database) == []
