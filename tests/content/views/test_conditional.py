"""Who has the present page is told so before anything is made: every address of the public record, in one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event
from werkzeug.routing import Rule

from content.operations.public_change import public_changed
from content.views.kept import EXTENSION, KeptPages
from portal.app import create_app
from portal.core import clock

KEY = "relay-servers-2016-01"
ONE = f"/incidents/{KEY}"
# One value of the archive for each part of an address that names something; the first fitting start counts.
VALUES = {
    "/incidents": {"key": KEY, "number": 1, "ending": "bib"},
    "/systems": {"key": "jpki"},
    "/causes": {"key": "capacity"},
    "/letters": {"key": "question-letter-2016-05-25"},
    "/places": {"code": "13"},
    "/figures": {"by": "year", "key": "card-application-rate-2016"},
    "/feeds": {"scope": "systems", "key": "jpki", "form": "atom", "archive": 1},
    "/data": {"name": "facts.csv"},
    "/api/v1/systems": {"key": "jpki"},
    "/api/v1/letters": {"key": "question-letter-2016-05-25"},
    "/api": {"key": KEY, "number": 1},
}
# Answered as of this very moment: only the answer itself tells whether it is another one.
OF_NOW = ("/api/v1/systems", "/api/v1/systems/jpki")


OF_SOMEBODY = ("/staff", "/bodies", "/follow/", "/search", "/letters/mine", "/letters/write")


def address(app: Flask, rule: Rule) -> str | None:
    """An address of the rule; None for one of the desk, of somebody's own, or of a file that takes long to make."""
    own = str(rule).startswith(OF_SOMEBODY) or str(rule).endswith(".pdf")
    if rule.endpoint.partition(".")[0] != "content" or "GET" not in (rule.methods or ()) or own:
        return None
    values = next((known for start, known in VALUES.items() if str(rule).startswith(start)), {})
    wanted = {name: values[name] for name in rule.arguments if name in values}
    if wanted.keys() != set(rule.arguments):
        return None
    return str(app.url_map.bind("localhost").build(rule.endpoint, {**(rule.defaults or {}), **wanted}))


def marks(app: Flask, paths: Iterable[str]) -> dict[str, str]:
    """Those of the addresses that answer well, each with its mark."""
    client, found = app.test_client(), {}
    for path in paths:
        with client.get(path) as answer:
            if answer.status_code == 200:
                assert answer.headers["Cache-Control"].startswith("public, max-age=30, stale-while-revalidate="), path
                assert "Vary" not in answer.headers, path
                assert "Set-Cookie" not in answer.headers, path
                found[path] = answer.headers["ETag"]
    return found


@contextmanager
def questions(app: Flask) -> Iterator[list[str]]:
    """What the database is asked within the block."""
    seen: list[str] = []

    def note(*about: object) -> None:
        seen.extend([str(about[2])] * ("SELECT" in str(about[2])))

    engine = app.extensions["kaiji"].database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def publish(app: Flask, *alone: str) -> None:
    with app.extensions["kaiji"].database.session(write=True) as session:
        public_changed(session, alone, at=clock.now(), alone=bool(alone))


def test_who_has_the_present_answer_is_told_so_with_one_question(app: Flask) -> None:
    found = marks(app, sorted({path for rule in app.url_map.iter_rules() if (path := address(app, rule))}))
    assert len(found) > 55, sorted(found)
    assert len(set(found.values())) == len(found)
    client = app.test_client()
    for path, mark in found.items():
        assert mark.startswith('"'), path
        for asked, method in ((mark, "GET"), (f'"other", W/{mark}', "HEAD"), ("*", "GET")):
            if asked == "*" and path.startswith("/api/"):
                continue  # made anew each time; the rule is the same
            with questions(app) as seen, client.open(path, method=method, headers={"If-None-Match": asked}) as again:
                assert (again.status_code, again.data) == (304, b""), (path, asked)
            assert again.headers["ETag"] == mark, path
            assert again.headers["Cache-Control"].startswith("public"), path
            assert "Set-Cookie" not in again.headers, path
            assert len(seen) <= 1 or asked == "*" or path in OF_NOW, (path, seen)


def test_head_says_what_get_says(app: Flask) -> None:
    for path in ("/incidents", f"{ONE}.json", "/feeds/incidents.atom", f"/api/v1{ONE}", "/data/facts.csv"):
        whole = app.test_client().get(path)
        with app.test_client().head(path, headers={"If-None-Match": '"other"'}) as head:
            assert (head.status_code, head.data) == (200, b""), path
        for name in ("ETag", "Cache-Control", "Content-Type", "Content-Length"):
            assert head.headers[name] == whole.headers[name], (path, name)


def test_marks_change_with_what_is_published_and_are_the_same_in_every_process(app: Flask) -> None:
    publish(app)
    own = (
        ONE,
        f"/en{ONE}.json",
        f"{ONE}/bulletins/1",
        f"{ONE}/bulletins/1.cap.xml",
        "/feeds/incidents/" + KEY + ".atom",
    )
    before = marks(app, (*own, "/", "/incidents", "/feeds/incidents.atom", f"/api/v1{ONE}", "/data/facts.csv"))
    assert len(before) == 10
    publish(app, "incident/leap-day-certificates-2016-03-03")
    after = marks(app, before)
    assert {path for path in before if before[path] == after[path]} == set(own)
    other = create_app(app.extensions["kaiji"].settings)
    assert marks(other, before) == after
    other.extensions["kaiji"].database.close()
    publish(app, f"incident/{KEY}", "system/jpki")
    assert not set(marks(app, before).values()) & set(after.values())


def test_a_new_day_changes_the_marks_of_what_speaks_of_days(app: Flask) -> None:
    dayless = (f"/en{ONE}/bulletins/1.cap.xml", "/feeds/incidents.json", "/feeds/systems/jpki.atom", "/data/facts.csv")
    before = marks(app, (*dayless, "/", ONE, f"/api/v1{ONE}"))
    bytes_of_yesterday = {path: app.test_client().get(path).data for path in dayless}
    with time_machine.travel(clock.now() + timedelta(days=1)):
        after = marks(app, before)
        app.extensions[EXTENSION] = KeptPages()
        assert {path: app.test_client().get(path).data for path in dayless} == bytes_of_yesterday
    assert {path for path in before if before[path] == after[path]} == set(dayless)


@pytest.mark.parametrize("path", ["/incidents/nothing-here", "/follow/mail", "/feeds/incidents.pdf"])
def test_what_is_not_public_or_not_there_is_never_unchanged(app: Flask, path: str) -> None:
    answer = app.test_client().get(path, headers={"If-None-Match": "*"})
    assert answer.status_code in (200, 404)
    assert answer.headers["Cache-Control"] == "no-store"
