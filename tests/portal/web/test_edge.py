"""The edge: one commit, honest answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
import structlog
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.core import log
from portal.core.db import Database
from portal.core.jobs import Job
from tests.factories.web import token_in


@pytest.fixture
def logged(capfd: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """What the process wrote so far, with the real log's rules."""
    log.configure("info")
    yield lambda: "".join(capfd.readouterr())
    structlog.reset_defaults()


def jobs(database: Database) -> list[Job]:
    with database.session(write=False) as session:
        return list(session.scalars(select(Job)))


def test_a_post_is_committed_once_and_its_message_shown_once(client: FlaskClient, database: Database) -> None:
    token = token_in(client.get("/form").text)
    answer = client.post("/form", data={"csrf_token": token})
    assert answer.status_code == 302
    assert "It has arrived." in client.get("/form").text
    assert "It has arrived." not in client.get("/form").text
    assert client.get("/keep").json["sent"] == 1


def test_a_post_writes(client: FlaskClient, database: Database) -> None:
    token = token_in(client.get("/form").text)
    assert client.post("/writes", data={"csrf_token": token}).status_code == 200
    assert len(jobs(database)) == 1


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_get_cannot_write(client: FlaskClient, database: Database, method: str) -> None:
    assert getattr(client, method)("/writes").status_code == 500
    assert jobs(database) == []


def test_a_failed_commit_is_an_error_page_and_no_redirect(client: FlaskClient, database: Database) -> None:
    token = token_in(client.get("/form").text)
    answer = client.post("/doubled", data={"csrf_token": token})
    assert answer.status_code == 500
    assert "Location" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert "Content-Security-Policy" in answer.headers
    assert jobs(database) == []
    assert "sent" not in client.get("/keep").json


def test_an_error_says_its_reference_and_nothing_of_what_happened(
    client: FlaskClient, logged: Callable[[], str]
) -> None:
    answer = client.get("/breaks")
    assert answer.status_code == 500
    assert "山田" not in answer.text
    assert "ValueError" not in answer.text
    lines = [json.loads(line) for line in logged().splitlines() if line.startswith("{")]
    failed = [line for line in lines if line["event"] == "request.failed"]
    assert failed
    assert failed[0]["reference"] in answer.text
    assert "山田" not in json.dumps(lines, ensure_ascii=False)


def test_a_failed_commit_is_logged_without_what_it_held(client: FlaskClient, logged: Callable[[], str]) -> None:
    token = token_in(client.get("/form").text)
    client.post("/doubled", data={"csrf_token": token})
    said = logged()
    assert "request.failed" in said
    assert "IntegrityError" in said
    assert "INSERT" not in said
    assert "Traceback" not in said
