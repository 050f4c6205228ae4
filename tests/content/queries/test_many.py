"""A large record is asked as often as a small one, and its feeds are cut the same from either end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from content.models.bulletins import Bulletin
from content.queries import feeds
from content.queries.causes import causes
from content.queries.clock_figures import clock_figures
from content.queries.facets import choices
from content.queries.feeds import feed
from content.queries.feeds_scope import Scope
from content.queries.incident_page import incident_page
from content.queries.incidents import list_incidents
from content.queries.places import place_page
from content.queries.systems import states, system_page
from content.queries.uptime import uptime_days, uptime_page
from content.rules.filters import Filters
from content.rules.writing import WrittenStatus
from tests.factories.content import NOW, a_published, a_writing, load, the_archive

LATER = NOW + timedelta(hours=2)
SCOPES = ((Scope.ALL, ""), (Scope.SYSTEM, "jpki"), (Scope.CAUSE, "unknown"), (Scope.PLACE, "13"))
PAGES: dict[str, Callable[[Session], object]] = {
    "list": lambda session: list_incidents(session, Filters(area="13")),
    "facets": lambda session: choices(session, Filters(system="jpki")),
    "system": lambda session: system_page(session, "jpki"),
    "states": lambda session: states(session, at=LATER),
    "days": lambda session: uptime_days(session, "jpki", at=LATER),
    "uptime": lambda session: uptime_page(session, "jpki", at=LATER),
    "place": lambda session: place_page(session, "13"),
    "causes": causes,
    "clock": clock_figures,
    "incident": lambda session: incident_page(session, "one-0"),
    **{f"feed, {scope}": lambda session, scope=scope, key=key: feed(session, scope, key) for scope, key in SCOPES},
}


@pytest.fixture
def record(session: Session) -> Session:
    load(session, replace(the_archive(), incidents=(), letters=(), figures=()))
    return session


def publish(session: Session, start: int, end: int) -> None:
    """Incidents with two bulletins each, the second on the first one's heels."""
    for number in range(start, end):
        status = WrittenStatus(system="jpki", status="outage", area="13", since_at=NOW)
        incident = {"areas": ("13",), "occurred_on": date(2026, 3, 1 + number)}
        a_published(session, a_writing(incident=incident, statuses=(status,)), key=f"one-{number}")
        a_published(session, a_writing(incident=incident), key=f"one-{number}", new=False)


def asked(session: Session, work: Callable[[Session], object]) -> int:
    """How many statements it takes, nothing being in memory."""
    seen: list[str] = []

    def note(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    session.expunge_all()
    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        work(session)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_many_incidents_take_no_more_statements_than_two(record: Session) -> None:
    publish(record, 0, 2)
    few = {name: asked(record, work) for name, work in PAGES.items()}
    publish(record, 2, 14)
    assert {name: asked(record, work) for name, work in PAGES.items()} == few


def test_feeds_hold_every_bulletin_once_however_they_are_found(
    record: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(record, 0, 9)
    record.flush()
    every = list(record.scalars(select(Bulletin.id).order_by(Bulletin.published_at, Bulletin.id)))
    monkeypatch.setattr(feeds, "PAGE", 5)
    monkeypatch.setattr(feeds, "LEAST", 2)
    for few, steps in ((100, 100), (0, 3)):
        monkeypatch.setattr(feeds, "FEW", few)
        monkeypatch.setattr(feeds, "STEPS", steps)
        for scope, key in SCOPES:
            newest = feed(record, scope, key)
            parts = [feed(record, scope, key, archive=number) for number in range(1, newest.archives + 1)]
            found = [entry.bulletin.id for part in (*parts, newest) for entry in reversed(part.entries)]
            assert found == every, (few, scope)
            assert [len(part.entries) for part in parts] == [5] * 3
