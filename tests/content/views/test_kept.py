"""Pages are kept for a revision and a day, and never longer."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event

from content.operations.public_change import public_changed
from content.views.kept import Kept, KeptPages
from portal.core import clock


def queries(app: Flask, path: str) -> int:
    """How many statements a page costs."""
    seen: list[str] = []
    engine = app.extensions["kaiji"].database.engine

    def note(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        assert app.test_client().get(path).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return sum("SELECT" in statement for statement in seen)


def change(app: Flask, *alone: str) -> None:
    with app.extensions["kaiji"].database.session(write=True) as session:
        public_changed(session, alone, at=clock.now(), alone=bool(alone))


@pytest.mark.parametrize("path", ["/", "/incidents", "/en/incidents?year=2016", "/letters", "/figures"])
def test_a_page_asked_for_again_costs_one_question(app: Flask, path: str) -> None:
    change(app)
    first, second = queries(app, path), queries(app, path)
    assert first > second == 1


def test_a_publication_makes_pages_anew(app: Flask) -> None:
    change(app)
    queries(app, "/incidents")
    change(app)
    assert queries(app, "/incidents") > 1
    assert queries(app, "/incidents") == 1


def test_what_pages_of_an_incident_share_is_read_once(app: Flask) -> None:
    key = "relay-servers-2016-01-25"
    change(app)
    first, other = queries(app, f"/incidents/{key}"), queries(app, f"/en/incidents/{key}")
    assert other < first / 2
    change(app, f"incident/{key}")
    assert queries(app, f"/en/incidents/{key}") > other
    assert queries(app, f"/api/v1/incidents/{key}") < 20


def test_an_incidents_page_stays_good_while_others_are_published(app: Flask) -> None:
    one, other = "relay-servers-2016-01-25", "leap-day-certificates-2016-03-03"
    pages = [f"/incidents/{one}", f"/incidents/{one}/bulletins/1", "/incidents"]
    change(app)
    for path in pages:
        queries(app, path)
    change(app, f"incident/{other}")
    assert [queries(app, path) > 3 for path in pages] == [False, False, True]
    for path in pages:
        change(app, f"incident/{one}", "system/jpki")
        assert queries(app, path) > 3


def test_a_new_day_makes_pages_anew(app: Flask) -> None:
    queries(app, "/letters")
    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert queries(app, "/letters") > 1


def test_languages_and_filters_are_pages_of_their_own(app: Flask) -> None:
    client = app.test_client()
    japanese, english = client.get("/incidents").text, client.get("/en/incidents").text
    assert '<html lang="ja"' in japanese
    assert '<html lang="en"' in english
    assert client.get("/incidents").text == japanese


def test_an_error_is_not_kept(app: Flask) -> None:
    assert app.test_client().get("/incidents/nothing-here").status_code == 404
    assert app.test_client().get("/incidents/nothing-here").status_code == 404


def test_the_page_not_asked_for_longest_leaves_first() -> None:
    pages = KeptPages(most_bytes=30)
    for name in ("a", "b", "c"):
        pages.keep(("", name), Kept("r1", b"x" * 10, ()))
    assert pages.find(("", "a"), "r1") is not None
    pages.keep(("", "d"), Kept("r1", b"x" * 10, ()))
    assert pages.find(("", "b"), "r1") is None
    assert pages.find(("", "a"), "r1") is not None
    assert pages.bytes == 30
    assert pages.find(("", "a"), "r2") is None
