"""Long work is done before the writing transaction begins, and after access was checked."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, g, session
from flask.testing import FlaskClient
from sqlalchemy import text

from portal.core.actor import Actor, ActorKind, Role
from portal.core.db import Database
from portal.core.errors import Invalid
from portal.core.files import Slot
from portal.core.settings import Settings
from portal.web import prepared, uploads
from portal.web.access import public, requires
from portal.web.fields import UploadField
from portal.web.forms import Form
from portal.web.uploads import accepts_uploads
from tests.factories.web import token_in, toolkit_app
from tests.portal.web.conftest import JOB, form
from tests.refusals.files import picture

SLOT = Slot("tests")
STAFF = Actor(ActorKind.STAFF, "one", name="見本", roles=frozenset({Role.OFFICER}))


def work(name: str = "") -> str:
    """Something long; another request writes meanwhile."""
    assert not g.writes
    session.get("sent")
    g.session.close()
    if name == "refused":
        raise Invalid("Not this one.")
    g.meanwhile()
    return f"made {name}"


@public(records_look=True)
@prepared.prepared_by(work)
def made(name: str = "x") -> str:
    assert g.writes
    g.session.execute(text(JOB), {"id": name})
    return f"{prepared.result()} {session.get('sent', 0)}"


@requires(Role.OFFICER, records_look=True)
@prepared.prepared_by(work)
def inside(name: str = "x") -> str:
    return "inside"


class FileForm(Form):
    file = UploadField("File", slot=SLOT)


@public
@accepts_uploads(2_000_000, file=SLOT)
def given() -> Any:
    given_form = FileForm()
    if given_form.validate_on_submit() and given_form.file.clean:
        return given_form.file.clean.media_type
    return " ".join(given_form.file.errors) or "nothing", 422


@public
def plain_form() -> Any:
    return form()


@pytest.fixture
def who() -> list[Actor]:
    return []


@pytest.fixture
def app(settings: Settings, database: Database, who: list[Actor]) -> Flask:
    views = {"made": made, "inside": inside, "given": given, "form": plain_form}
    app = toolkit_app(settings, database, views=views, find_staff=lambda: who[-1] if who else None)
    app.add_url_rule("/staff/sign-in", "accounts.sign_in", public(lambda: "sign in"))

    def elsewhere() -> None:
        def write() -> None:
            with database.session(write=True) as own:
                own.execute(text(JOB), {"id": "elsewhere"})

        thread = threading.Thread(target=write)
        thread.start()
        thread.join(20)
        assert not thread.is_alive(), "the database was locked"

    app.before_request_funcs.setdefault(None, []).insert(0, lambda: setattr(g, "meanwhile", elsewhere))
    return app


def ids(database: Database) -> list[str]:
    with database.session(write=False) as own:
        return list(own.scalars(text("SELECT id FROM job ORDER BY id")))


@pytest.mark.parametrize("method", ["get", "post"])
def test_others_write_while_the_work_is_done(client: FlaskClient, database: Database, method: str) -> None:
    token = token_in(client.get("/form").text)
    client.post("/form", data={"csrf_token": token})
    answer = getattr(client, method)("/made", **({"data": {"csrf_token": token}} if method == "post" else {}))
    assert answer.text == "made  1"
    assert ids(database) == ["elsewhere", "x"]


def test_without_the_forms_token_no_work_is_done(client: FlaskClient, database: Database) -> None:
    assert client.post("/made").status_code == 400
    assert ids(database) == []


def test_without_access_no_work_is_done(client: FlaskClient, database: Database, who: list[Actor]) -> None:
    assert client.get("/inside").status_code == 302
    who.append(Actor(ActorKind.STAFF, "two", name="見本", roles=frozenset({Role.AUDITOR})))
    assert client.get("/inside").status_code == 403
    assert ids(database) == []
    who.append(STAFF)
    assert client.get("/inside").text == "inside"


def test_who_loses_access_during_the_work_is_not_let_in(client: FlaskClient, app: Flask, who: list[Actor]) -> None:
    who.append(STAFF)
    app.before_request_funcs[None].insert(1, lambda: setattr(g, "meanwhile", who.clear))
    assert client.get("/inside").status_code == 302


def test_a_refusal_of_the_work_is_the_answer(app: Flask, client: FlaskClient, database: Database) -> None:
    app.add_url_rule("/made/<name>", "named", made)
    answer = client.get("/made/refused")
    assert answer.status_code == 422
    assert "Not this one." in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert ids(database) == []


def test_a_changed_session_is_not_read_anew(app: Flask) -> None:
    with app.test_request_context("/form"):
        app.preprocess_request()
        session["sent"] = 1
        with pytest.raises(RuntimeError):
            session._get_current_object().reload()  # type: ignore[attr-defined]


def test_a_file_is_taken_in_before_the_transaction_and_once(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, taken = token_in(client.get("/form").text), []

    def take_in(*arguments: Any) -> Any:
        taken.append(g.writes)
        return really(*arguments)

    really: Callable[..., Any] = uploads.take_in
    monkeypatch.setattr(uploads, "take_in", take_in)
    send = {"csrf_token": token, "file": (io.BytesIO(picture()), "a.png")}
    assert client.post("/en/given", data=send).text == "image/png"
    assert taken == [False]
    send = {"csrf_token": token, "file": (io.BytesIO(b"<html>"), "a.png")}
    answer = client.post("/en/given", data=send)
    assert (answer.status_code, answer.text[:22]) == (422, "This kind of file is n")
    assert client.post("/en/given", data={"csrf_token": token}).text == "Please choose a file."
    assert taken == [False, False]
