"""How systems work at an instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from content.rules.archive.kinds import IncidentState, ServiceStatus
from content.rules.live import Course, Plan, Stated, all_needs, ends_at, rows, stands, worst

NINE = datetime(2026, 4, 1, 0, 0, tzinfo=UTC)
OUTAGE, PARTIAL, OPERATING = ServiceStatus.OUTAGE, ServiceStatus.PARTIAL, ServiceStatus.OPERATING


def hour(count: float) -> datetime:
    return NINE + timedelta(hours=count)


def stated(
    number: int,
    status: ServiceStatus,
    since: float,
    *,
    component: str | None = None,
    area: str = "JP",
    position: int = 1,
) -> Stated:
    return Stated(number, position, component, area, status, hour(since))


def status_at(course: Course, at: float, component: str | None = None, area: str = "JP") -> ServiceStatus:
    held = stands(course, component, area, hour(at))
    return held.status if held else OPERATING


def test_a_statement_holds_from_its_time_on_until_the_incident_is_over() -> None:
    course = Course("a", (stated(1, OUTAGE, 1),), over_at=hour(3))
    assert [status_at(course, at) for at in (0.5, 1, 2.9, 3)] == [OPERATING, OUTAGE, OUTAGE, OPERATING]


def test_a_later_bulletin_holds_from_its_own_time_on() -> None:
    course = Course("a", (stated(1, OUTAGE, 1), stated(2, PARTIAL, 2)))
    assert [status_at(course, at) for at in (1.5, 2, 9)] == [OUTAGE, PARTIAL, PARTIAL]
    corrected = Course("a", (*course.statements, stated(3, OPERATING, 0)))
    assert [status_at(corrected, at) for at in (1.5, 2, 9)] == [OPERATING, OPERATING, OPERATING]


def test_of_one_bulletin_the_more_exact_statement_holds() -> None:
    course = Course("a", (stated(1, OUTAGE, 1), stated(1, OPERATING, 1, area="13", position=2)))
    assert status_at(course, 2, area="131229") is OPERATING
    assert status_at(course, 2, area="011002") is OUTAGE
    wider = Course("a", (*course.statements, stated(2, PARTIAL, 3)))
    assert status_at(wider, 3, area="131229") is PARTIAL


def test_a_component_has_what_is_stated_of_the_whole_system_too() -> None:
    course = Course("a", (stated(1, OUTAGE, 1), stated(2, OPERATING, 2, component="x.mail")))
    assert status_at(course, 3, "x.mail") is OPERATING
    assert status_at(course, 3, "x.net") is OUTAGE
    only = Course("a", (stated(1, OUTAGE, 1, component="x.mail"),))
    assert status_at(only, 2, None) is OPERATING


def test_rows_name_what_does_not_work_the_worst_first() -> None:
    one = Course("a", (stated(1, PARTIAL, 1, area="13"), stated(1, OPERATING, 1, area="131229", position=2)))
    other = Course("b", (stated(1, OUTAGE, 2),))
    assert [(row.incident, row.area, row.status) for row in rows([one, other], hour(3))] == [
        ("b", "JP", OUTAGE),
        ("a", "13", PARTIAL),
    ]
    assert rows([one, other], hour(0)) == []
    later = Course("a", (*one.statements, stated(2, OPERATING, 2)))
    assert rows([later], hour(3)) == []


@pytest.mark.parametrize(
    ("state", "recovered", "closed", "ends"),
    [
        (IncidentState.OPEN, None, None, None),
        (IncidentState.OPEN, 2, None, None),
        (IncidentState.PLANNED, None, None, 8),
        (IncidentState.CLOSED, 5, 6, 5),
        (IncidentState.CLOSED, None, 6, 6),
        (IncidentState.RECOVERED, 3, 6, 4),
        (IncidentState.CLOSED, None, None, 4),
        (IncidentState.UNKNOWN, None, 6, 4),
    ],
)
def test_when_statements_stop_counting(
    state: IncidentState, recovered: int | None, closed: int | None, ends: int | None
) -> None:
    found = ends_at(
        state,
        plan=Plan(hour(7), hour(8)),
        recovered_at=None if recovered is None else hour(recovered),
        closed_at=None if closed is None else hour(closed),
        last=hour(4),
    )
    assert found == (None if ends is None else hour(ends))


def test_the_worst_is_the_last_of_the_list_and_nothing_is_operating() -> None:
    assert worst([]) is OPERATING
    assert worst([ServiceStatus.MAINTENANCE, ServiceStatus.DEGRADED]) is ServiceStatus.DEGRADED


def test_needs_are_followed_to_their_end() -> None:
    assert all_needs("a", {"a": ["b"], "b": ["c", "d"], "d": ["a"]}) == ["b", "c", "d"]
