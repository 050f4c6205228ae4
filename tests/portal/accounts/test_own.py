"""One's own password and sessions."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.models import StaffAccount
from portal.core.actor import Role
from portal.core.db import Database
from tests.factories.accounts import PASSWORD, an_account, press, sign_in
from tests.portal.accounts.conftest import actions

NEW = "seven lemons under a quiet bridge"


def change(client: FlaskClient, current: str = PASSWORD, new: str = NEW, again: str | None = None) -> Any:
    values = [("current", current), ("new", new), ("again", new if again is None else again)]
    return press(client, "/staff/password", on="/staff/password", values=values)


def test_a_changed_password_ends_all_other_sessions(app: Flask, officer: StaffAccount, database: Database) -> None:
    here, elsewhere = app.test_client(), app.test_client()
    sign_in(here)
    sign_in(elsewhere)
    before = here.get_cookie("kaiji")
    assert change(here).status_code == 303
    after = here.get_cookie("kaiji")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert here.get("/staff/sessions").status_code == 200
    assert elsewhere.get("/staff/sessions").status_code == 302
    assert sign_in(app.test_client()).status_code == 200
    assert sign_in(app.test_client(), password=NEW).status_code == 303
    assert ("accounts.password.change", officer.id) in actions(database)


@pytest.mark.parametrize(
    ("current", "new", "again"),
    [
        ("not the current one", NEW, NEW),
        (PASSWORD, "short", "short"),
        (PASSWORD, "x" * 129, "x" * 129),
        (PASSWORD, "passwordpassword", "passwordpassword"),
        (PASSWORD, PASSWORD, PASSWORD),
        (PASSWORD, NEW, NEW + "r"),
        (PASSWORD, "", ""),
    ],
)
def test_a_password_that_does_not_fit_changes_nothing(
    app: Flask, officer: StaffAccount, current: str, new: str, again: str
) -> None:
    client = app.test_client()
    sign_in(client)
    answer = change(client, current, new, again)
    assert answer.status_code == 200
    assert "field__error" in answer.text
    assert PASSWORD not in answer.text
    assert sign_in(app.test_client()).status_code == 303


def test_a_long_password_of_any_characters_is_taken(app: Flask, officer: StaffAccount) -> None:
    client = app.test_client()
    sign_in(client)
    new = "静かな橋の下に檸檬が七つ、そして🍋"
    assert change(client, new=new).status_code == 303
    assert sign_in(app.test_client(), password=new).status_code == 303


def test_a_one_time_password_opens_nothing_but_the_page_to_change_it(client: FlaskClient, database: Database) -> None:
    with database.session(write=True) as session:
        from portal.accounts.operations.create_account import create_account
        from portal.core import clock
        from portal.core.actor import SYSTEM

        _account, clear = create_account(
            session, login="newcomer", name="見本　三郎", roles=[Role.ADMINISTRATOR], by=SYSTEM, at=clock.now()
        )
    sign_in(client, login="newcomer", password=clear)
    for address in ("/staff/accounts", "/staff/sessions", "/staff/", "/staff/jobs"):
        assert client.get(address).location == "/staff/password"
    assert change(client, current=clear).location == "/staff/accounts"
    assert client.get("/staff/accounts").status_code == 200


def test_one_sees_ones_sessions_and_ends_one(app: Flask, officer: StaffAccount, database: Database) -> None:
    here, elsewhere = app.test_client(), app.test_client()
    sign_in(here)
    sign_in(elsewhere)
    page = here.get("/staff/sessions").text
    assert page.count('/end"') == 2  # the other session, and all others: never the one in use
    assert "This browser" in here.get("/en/staff/sessions").text
    address = next(part.split('"')[0] for part in page.split('action="') if part.startswith("/staff/sessions/0"))
    assert press(here, address, on="/staff/sessions").status_code == 303
    assert elsewhere.get("/staff/sessions").status_code == 302
    assert here.get("/staff/sessions").status_code == 200
    assert press(here, address, on="/staff/sessions").status_code == 404


def test_one_ends_all_other_sessions(app: Flask, officer: StaffAccount) -> None:
    clients = [app.test_client() for _ in range(3)]
    for client in clients:
        sign_in(client)
    press(clients[0], "/staff/sessions/others/end", on="/staff/sessions")
    assert [client.get("/staff/sessions").status_code for client in clients] == [200, 302, 302]


def test_somebody_elses_session_cannot_be_ended(app: Flask, officer: StaffAccount, database: Database) -> None:
    with database.session(write=True) as session:
        an_account(session, Role.OFFICER, login="somebody")
    mine, theirs = app.test_client(), app.test_client()
    sign_in(mine)
    sign_in(theirs, login="somebody")
    from sqlalchemy import select

    from portal.web.sessions import StoredSession

    with database.session(write=False) as session:
        other = session.scalars(select(StoredSession).where(StoredSession.staff_id != officer.id)).one()
    assert press(mine, f"/staff/sessions/{other.id}/end", on="/staff/sessions").status_code == 404
    assert theirs.get("/staff/sessions").status_code == 200
