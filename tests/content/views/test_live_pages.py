"""Systems now, uptime, planned maintenance, measures and causes as pages and files."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from icalendar import Calendar

from content.rules.writing import WrittenMeasure, WrittenStatus
from portal.core import clock
from portal.core.db import Database
from tests.client import Browser
from tests.factories.content import a_published, a_withdrawal, a_writing

HOUR = timedelta(hours=1)


@pytest.fixture
def stated(store: Database) -> Database:
    """An outage that goes on, and maintenance to come."""
    now = clock.now().replace(microsecond=0)
    with store.session(write=True) as session:
        down = WrittenStatus(system="jpki", component="jpki.issuing", status="outage", area="13", since_at=now - HOUR)
        promise = WrittenMeasure(text_ja="増強する", text_en="=more capacity", owner="jlis", status="promised")
        a_published(session, a_writing(statuses=(down,), measures=(promise,)))
        plan = {"kind": "maintenance", "state": "planned", "planned_from": now + HOUR, "planned_until": now + 2 * HOUR}
        a_published(session, a_writing(incident={**plan, "title_en": "Work on JPKI"}), key="work")
    return store


def test_pages_show_what_is_stated_now(stated: Database, browser: Browser) -> None:
    for path in ("/en/", "/en/systems", "/en/systems/jpki"):
        answer = browser.get(path)
        text = answer.text
        assert "Out of service" in text, path
        assert "Tokyo" in text, path
        assert "Work on JPKI" in text, path
        assert "/incidents/work/maintenance.ics" in answer.data.decode(), path
    assert "May be affected, because it needs this:" in browser.get("/en/systems/convenience-store").text
    assert "Issuing and renewing certificates" in browser.get("/en/systems/jpki").text
    assert "Work on JPKI" in browser.get("/en/maintenance").text
    browser.get("/systems/jpki/uptime")


def test_uptime_can_be_taken_along(stated: Database, browser: Browser) -> None:
    for name, count in (("days", 90), ("months", None)):
        answer = browser.get(f"/systems/jpki/uptime-{name}.csv")
        rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
        assert count is None or len(rows) == count
        assert rows[-1]["worst_status"] == "outage"
        assert 0 < float(rows[-1]["lost_minutes"]) <= 60 * 62 / 1741


def test_a_calendar_is_told_of_maintenance_and_that_it_is_off(stated: Database, browser: Browser) -> None:
    def event(path: str) -> tuple[str, int, str]:
        (found,) = Calendar.from_ical(browser.get(path).data).walk("VEVENT")
        return str(found["uid"]), int(found["sequence"]), str(found["status"])

    uid, sequence, status = event("/incidents/work/maintenance.ics")
    assert (sequence, status) == (0, "CONFIRMED")
    assert event("/en/maintenance.ics") == (uid, 0, "CONFIRMED")
    with stated.session(write=True) as session:
        a_withdrawal(session, "work", 1)
    assert event("/maintenance.ics") == (uid, 1, "CANCELLED")
    assert event("/en/incidents/work/maintenance.ics") == (uid, 1, "CANCELLED")
    assert "Work on JPKI" not in browser.get("/en/maintenance").text
    assert browser.get("/incidents/slow-2026/maintenance.ics").status == 404


def test_a_calendar_without_events_is_still_one(browser: Browser) -> None:
    calendar = Calendar.from_ical(browser.get("/maintenance.ics").data)
    assert calendar.walk("VEVENT") == []
    assert len(calendar.subcomponents) == 1


def test_measures_are_listed_by_filters_and_in_a_file(stated: Database, browser: Browser) -> None:
    assert "=more capacity" in browser.get("/en/measures?state=open&owner=jlis&system=jpki&cause=unknown").text
    assert "=more capacity" not in browser.get("/en/measures?state=late").text
    browser.get("/measures?state=nonsense&page=x")
    rows = list(csv.DictReader(io.StringIO(browser.get("/measures.csv?state=open").data.decode("utf-8-sig"))))
    assert [row["text_en"] for row in rows if row["incident"] == "slow-2026"] == ["'=more capacity"]


def test_causes_are_listed_with_what_they_are_mapped_to(browser: Browser) -> None:
    text = browser.get("/en/causes").text
    assert "error.Capacity shortage" in text
    assert "Equipment" in text
    rows = list(csv.DictReader(io.StringIO(browser.get("/causes.csv").data.decode("utf-8-sig"))))
    assert {row["key"]: row["national"] for row in rows}["data-entry"] == "human"
