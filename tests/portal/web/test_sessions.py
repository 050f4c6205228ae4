"""Sessions on the server: sealed, lazy, renewed, ended for good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from portal.core import clock
from portal.core.db import Database
from portal.web.sessions import DRAFT_KEPT, StoredSession, hashed, sweep
from tests.factories.web import token_in

COOKIE = "kaiji"


def stored(database: Database) -> list[StoredSession]:
    with database.session(write=False) as session:
        return list(session.scalars(select(StoredSession)))


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie(COOKIE)
    assert found is not None
    return found.value


def test_a_public_page_sets_no_cookie_and_stores_nothing(client: FlaskClient, database: Database) -> None:
    page = client.get("/plain")
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"].startswith("public")
    assert "Cookie" not in page.headers.get("Vary", "")
    assert stored(database) == []


def test_a_public_page_stays_cacheable_for_a_browser_with_a_session(client: FlaskClient) -> None:
    client.get("/form")
    page = client.get("/plain")
    assert page.headers["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in page.headers


def test_a_form_begins_a_session_whose_token_only_the_browser_has(client: FlaskClient, database: Database) -> None:
    page = client.get("/form")
    sent = page.headers["Set-Cookie"]
    assert "HttpOnly" in sent
    assert "SameSite=Lax" in sent
    assert "Path=/" in sent
    assert "Expires" not in sent
    assert "Max-Age" not in sent
    (row,) = stored(database)
    assert row.token_hash == hashed(cookie(client))
    assert cookie(client).encode() not in row.sealed
    assert len(cookie(client)) >= 43  # 256 bits


def test_the_cookie_is_a_host_cookie_behind_tls(home, database) -> None:  # type: ignore[no-untyped-def]
    from tests.conftest import make_settings
    from tests.factories.web import toolkit_app
    from tests.portal.web.conftest import VIEWS

    app = toolkit_app(make_settings(home, public_url="https://kaiji.example.jp"), database, views=VIEWS)
    page = app.test_client().get("/form", base_url="https://kaiji.example.jp")
    assert page.headers["Set-Cookie"].startswith("__Host-kaiji=")
    assert "Secure" in page.headers["Set-Cookie"]
    assert "Domain" not in page.headers["Set-Cookie"]


def test_contents_are_sealed_in_the_database(client: FlaskClient, database: Database) -> None:
    client.get("/keep?draft=見本 花子の下書き")
    (row,) = stored(database)
    assert "花子".encode() not in row.sealed
    assert b"draft" not in row.sealed
    assert client.get("/keep").json == {"draft": "見本 花子の下書き"}


def test_a_sealed_row_moved_to_another_session_does_not_open(app: Flask, database: Database) -> None:
    one, other = app.test_client(), app.test_client()
    one.get("/keep?secret=first")
    other.get("/keep?secret=second")
    with database.session(write=True) as session:
        first = session.scalars(select(StoredSession).where(StoredSession.token_hash == hashed(cookie(one)))).one()
        second = session.scalars(select(StoredSession).where(StoredSession.token_hash == hashed(cookie(other)))).one()
        second.sealed = first.sealed
    assert "first" not in other.get("/keep").text


@pytest.mark.parametrize("token", ["", "x", "’", "a" * 5000, "0\\u0000", "../../etc"])
def test_a_made_up_token_opens_nothing_and_is_not_taken_over(
    client: FlaskClient, database: Database, token: str
) -> None:
    page = client.get("/form", headers={"Cookie": f"{COOKIE}={token}".encode().decode("latin-1")})
    assert page.status_code == 200
    (row,) = stored(database)
    assert row.token_hash != hashed(token)


def test_a_session_expires(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get("/keep?a=1")
    later = clock.now() + DRAFT_KEPT + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.get("/keep").json == {}


def test_visits_alone_keep_a_session_alive(
    client: FlaskClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/keep?a=1")
    begun = clock.now()
    for hours in (20, 40, 60):
        monkeypatch.setattr(clock, "now", lambda hours=hours: begun + timedelta(hours=hours))
        assert client.get("/keep").json == {"a": "1"}
    (row,) = stored(database)
    assert row.seen_at == begun + timedelta(hours=60)


def test_two_readers_at_once_keep_both_changes(app: Flask, database: Database) -> None:
    """A slow page that was read before another one stored something must not write the old contents back."""
    client = app.test_client()
    client.get("/keep?a=old&b=old")
    token = cookie(client)
    with app.test_request_context("/keep", headers={"Cookie": f"{COOKIE}={token}"}):
        from flask import g, session

        app.preprocess_request()
        session["a"] = "slow"
        client.get("/keep?b=new")
        app.process_response(app.response_class(""))
        g.session.close()
    assert client.get("/keep").json == {"a": "slow", "b": "new"}


def test_a_session_that_was_ended_meanwhile_does_not_come_back(app: Flask, database: Database) -> None:
    client = app.test_client()
    client.get("/keep?a=1")
    token = cookie(client)
    with app.test_request_context("/keep", headers={"Cookie": f"{COOKIE}={token}"}):
        from flask import g, session

        app.preprocess_request()
        session["a"] = "2"
        with database.session(write=True) as own:
            own.execute(delete(StoredSession))
        response = app.process_response(app.response_class(""))
        g.session.close()
    assert stored(database) == []
    assert "Set-Cookie" not in response.headers


def test_a_refused_request_keeps_its_draft_but_none_of_its_data(client: FlaskClient, database: Database) -> None:
    from portal.core.jobs import Job

    token = token_in(client.get("/form").text)
    answer = client.post("/refuses", data={"csrf_token": token})
    assert answer.status_code == 409
    assert client.get("/keep").json["draft"] == "kept"
    with database.session(write=False) as session:
        assert session.scalars(select(Job)).all() == []


def test_the_sweep_deletes_only_what_has_expired(client: FlaskClient, database: Database) -> None:
    client.get("/keep?a=1")
    with database.session(write=True) as session:
        assert sweep(session, clock.now()) == 0
        session.execute(update(StoredSession).values(expires_at=datetime(2020, 1, 1, tzinfo=UTC)))
        assert sweep(session, clock.now()) == 1
    assert stored(database) == []
