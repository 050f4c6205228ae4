"""Live state, maintenance, uptime and measures over a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from content.models.measures import MeasureReport
from content.queries import maintenance
from content.queries.causes import causes
from content.queries.live import live_states
from content.queries.measures import list_measures, measure_choices
from content.queries.systems import states
from content.queries.uptime import uptime_days, uptime_page
from content.rules.archive.kinds import ServiceStatus
from content.rules.measure_index import MeasureFilters
from content.rules.measures import Standing, standing
from content.rules.writing import WrittenMeasure, WrittenStatus
from portal.core.errors import NotFound
from tests.factories.content import NOW, a_fact, a_published, a_withdrawal, a_writing, load, the_archive

HOUR = timedelta(hours=1)
DOWN = WrittenStatus(system="jpki", component="jpki.issuing", status="outage", area="13", since_at=NOW)
LATER = NOW + 2 * HOUR


@pytest.fixture
def record(session: Session) -> Session:
    load(session, replace(the_archive(), incidents=(), letters=(), figures=()))
    return session


def closed(*statuses: WrittenStatus, **incident: object) -> object:
    return a_writing(incident={"state": "closed", **incident}, statuses=statuses, final=True)


def test_a_stated_outage_shows_by_component_and_area_and_on_what_needs_the_system(record: Session) -> None:
    a_published(record, a_writing(statuses=(DOWN,)))
    found = live_states(record, at=LATER)
    jpki = found.systems["jpki"]
    assert jpki.status is ServiceStatus.OUTAGE
    assert [(row.component, row.area, row.incident) for row in jpki.rows] == [("jpki.issuing", "13", "slow-2026")]
    assert {part.key: status for part, status in jpki.components} == {
        "jpki.issuing": ServiceStatus.OUTAGE,
        "jpki.validity": ServiceStatus.OPERATING,
    }
    assert found.areas["13"].name_ja == "東京都"
    needing = found.systems["convenience-store"].needing
    assert [(system.key, status) for system, status in needing] == [("jpki", ServiceStatus.OUTAGE)]
    assert found.systems["convenience-store"].status is ServiceStatus.OPERATING
    assert live_states(record, at=NOW - HOUR).systems["jpki"].rows == ()


def test_what_is_closed_withdrawn_or_an_exercise_does_not_show(record: Session) -> None:
    a_published(record, a_writing(statuses=(DOWN,)), key="withdrawn")
    a_withdrawal(record, "withdrawn", 1)
    a_published(record, a_writing(incident={"exercise": True}, statuses=(DOWN,)), key="exercise")
    a_published(record, a_writing(statuses=(DOWN,)), key="over")
    a_published(record, closed(), key="over", new=False)  # type: ignore[arg-type]
    assert live_states(record, at=LATER).systems["jpki"].rows == ()
    shown = {state.system.key: state for state in states(record, at=LATER).systems}
    assert not shown["jpki"].affected
    assert shown["jpki"].incidents == 2


def test_maintenance_shows_while_its_window_lasts_and_is_listed_until_it_ends(record: Session) -> None:
    plan = {"kind": "maintenance", "state": "planned", "planned_from": NOW + HOUR, "planned_until": NOW + 3 * HOUR}
    a_published(record, a_writing(incident=plan), key="work")
    seen = [live_states(record, at=NOW + hours * HOUR).systems["jpki"].status for hours in (0, 1, 2, 3)]
    assert seen == [
        ServiceStatus.OPERATING,
        ServiceStatus.MAINTENANCE,
        ServiceStatus.MAINTENANCE,
        ServiceStatus.OPERATING,
    ]
    assert [one.incident.key for one in maintenance.planned(record, at=NOW)] == ["work"]
    assert maintenance.planned(record, at=NOW, system="lgwan") == []
    assert maintenance.planned(record, at=NOW + 4 * HOUR) == []
    first = maintenance.one(record, "work")
    assert first.sequence == 0
    a_published(record, a_writing(incident={**plan, "planned_until": NOW + 5 * HOUR}), key="work", new=False)
    assert maintenance.one(record, "work").sequence == 1
    a_withdrawal(record, "work", 1)
    a_withdrawal(record, "work", 2)
    off = maintenance.one(record, "work")
    assert (off.sequence, off.incident.withdrawn) == (3, True)
    assert maintenance.planned(record, at=NOW) == []
    assert [one.incident.key for one in maintenance.for_calendars(record, at=NOW)] == ["work"]


def test_uptime_counts_what_is_stated_and_says_where_nothing_is_told(record: Session) -> None:
    back = WrittenStatus(system="jpki", status="operating", area="JP", since_at=NOW + HOUR)
    whole = WrittenStatus(system="jpki", status="outage", area="JP", since_at=NOW)
    a_published(record, a_writing(statuses=(whole,)))
    a_published(record, closed(back), new=False)  # type: ignore[arg-type]
    page = uptime_page(record, "jpki", at=NOW + 24 * HOUR)
    day = next(one for one in page.days if one.day == date(2026, 4, 1))
    assert day.measured.lost == pytest.approx(3600)
    assert day.share == pytest.approx(23 / 24)
    assert page.months[0].day == date(2026, 4, 1)
    a_published(record, a_writing(a_fact(), incident={"occurred_on": date(2026, 3, 30)}), key="untold")
    page = uptime_page(record, "jpki", at=NOW + 24 * HOUR)
    assert uptime_days(record, "jpki", at=NOW + 24 * HOUR) == page.days
    (year,) = page.years
    assert (year.months, year.whole.silent) == (page.months, 1)
    assert year.whole.measured.lost == pytest.approx(3600)
    march = page.months[0]
    assert (march.day, march.silent, march.share) == (date(2026, 3, 1), 1, None)
    assert uptime_page(record, "lgwan", at=NOW).months[-1].share == 1
    with pytest.raises(NotFound):
        uptime_page(record, "nothing", at=NOW)


@pytest.mark.parametrize(
    ("status", "due", "where"),
    [
        ("promised", None, Standing.OPEN),
        ("promised", date(2026, 4, 1), Standing.OPEN),
        ("in-progress", date(2026, 3, 31), Standing.LATE),
        ("done", date(2026, 3, 31), Standing.DONE),
        ("dropped", None, Standing.DROPPED),
        ("unknown", date(2026, 3, 31), Standing.UNKNOWN),
    ],
)
def test_a_measure_is_late_from_the_day_after_it_is_due(status: str, due: date | None, where: Standing) -> None:
    assert standing(status, due, today=date(2026, 4, 1)) is where


def test_measures_are_filtered_counted_and_shown_with_their_reports(record: Session) -> None:
    def measure(text: str, status: str, due: date | None, **more: str) -> WrittenMeasure:
        return WrittenMeasure(text_ja=text, text_en=text, owner="jlis", status=status, due_on=due, **more)

    late = measure("late", "promised", date(2026, 3, 1), cause_key="capacity")
    a_published(record, a_writing(measures=(measure("open", "promised", None), late, measure("done", "done", None))))
    drill = a_writing(incident={"exercise": True}, measures=(measure("drill", "promised", None),))
    a_published(record, drill, key="drill")
    today = date(2026, 4, 1)
    page = list_measures(record, MeasureFilters(), today=today)
    assert [(line.measure.text_en, line.standing) for line in page.items] == [
        ("late", Standing.LATE), ("open", Standing.OPEN), ("done", Standing.DONE),
    ]  # fmt: skip
    assert [line.cause.key for line in page.items] == ["capacity", "unknown", "unknown"]
    for filters, count in (
        (MeasureFilters(cause="capacity"), 1), (MeasureFilters(state=Standing.OPEN), 1),
        (MeasureFilters(system="jpki", owner="jlis"), 3), (MeasureFilters(system="lgwan"), 0),
    ):  # fmt: skip
        assert list_measures(record, filters, today=today).total == count
    choices = measure_choices(record, MeasureFilters(cause="capacity"), today=today)
    assert choices.standings == {
        Standing.LATE: 1, Standing.OPEN: 0, Standing.DONE: 0, Standing.DROPPED: 0, Standing.UNKNOWN: 0,
    }  # fmt: skip
    assert [(body.key, count) for body, count in choices.owners] == [("jlis", 3)]
    one = page.items[0].measure
    said = {
        "due_on": None,
        "effect": "worked",
        "text_ja": "済",
        "text_en": "Done",
        "written_by": "a",
        "approved_by": "b",
    }
    record.add(MeasureReport(id=f"{one.id}/1", measure_id=one.id, number=1, status="done", published_at=NOW, **said))
    record.flush()
    assert [r.text_en for r in list_measures(record, MeasureFilters(), today=today).items[0].reports] == ["Done"]


def test_causes_are_counted_without_drills(record: Session) -> None:
    a_published(record, a_writing(incident={"cause_key": "capacity", "cause_status": "presumed"}))
    a_published(record, a_writing(incident={"cause_key": "capacity", "exercise": True}), key="drill")
    line = next(line for line in causes(record) if line.cause.key == "capacity")
    assert (line.total, line.by_status["presumed"], line.cause.national) == (1, 1, "equipment")
    assert line.cause.veris == "error.Capacity shortage"
