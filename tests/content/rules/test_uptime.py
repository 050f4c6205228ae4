"""How much of the time a system operated."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.rules.archive.kinds import ServiceStatus
from content.rules.live import Course, Stated, stands, worst
from content.rules.uptime import LOST, Uptime, day_start, days, measure, months, weights

START = datetime(2026, 4, 1, tzinfo=UTC)
COUNTS = {"01": 3, "13": 2}
PLACES = ("011002", "011003", "011004", "131229", "131230")
AREAS = ("JP", "01", "13", "011002", "131229")
PARTS = ("x.a", "x.b")


def minute(count: int) -> datetime:
    return START + timedelta(minutes=count)


statements = st.builds(
    Stated,
    number=st.integers(1, 3),
    position=st.integers(1, 9),
    component=st.sampled_from((None, *PARTS)),
    area=st.sampled_from(AREAS),
    status=st.sampled_from(list(ServiceStatus)),
    since=st.integers(-5, 45).map(minute),
)
courses = st.builds(
    Course,
    incident=st.just("a"),
    statements=st.lists(statements, min_size=1, max_size=4, unique_by=lambda one: (one.number, one.position)).map(
        tuple
    ),
    over_at=st.one_of(st.none(), st.integers(0, 45).map(minute)),
)


def by_hand(found: list[Course], minutes: range) -> tuple[float, float]:
    """Each municipality and component looked at in each minute."""
    lost = counted = 0.0
    for at in minutes:
        for place in PLACES:
            for part in PARTS:
                held = [s.status for one in found if (s := stands(one, part, place, minute(at)))]
                status = worst(held)
                lost += LOST[status] * 60 / 10
                counted += 0 if status is ServiceStatus.MAINTENANCE else 60 / 10
    return lost, counted


@settings(max_examples=60, deadline=None)
@given(st.lists(courses, max_size=3))
def test_uptime_is_what_counting_each_place_and_component_by_the_minute_gives(found: list[Course]) -> None:
    (whole,) = measure(found, [minute(0), minute(40)], components=PARTS, counts=COUNTS)
    lost, counted = by_hand(found, range(40))
    assert whole.lost == pytest.approx(lost, abs=1e-6)
    assert whole.counted == pytest.approx(counted, abs=1e-6)
    assert 0 <= whole.lost <= whole.counted + 1e-6 <= 2400 + 1e-3


@settings(max_examples=40, deadline=None)
@given(st.lists(courses, max_size=3), st.lists(st.integers(1, 39), max_size=4, unique=True).map(sorted))
def test_a_month_is_the_sum_of_its_days(found: list[Course], cuts: list[int]) -> None:
    (whole,) = measure(found, [minute(0), minute(40)], components=PARTS, counts=COUNTS)
    parts = measure(found, [minute(0), *map(minute, cuts), minute(40)], components=PARTS, counts=COUNTS)
    assert len(parts) == len(cuts) + 1
    assert sum(part.lost for part in parts) == pytest.approx(whole.lost, abs=1e-6)
    assert sum(part.counted for part in parts) == pytest.approx(whole.counted, abs=1e-6)
    assert worst(part.worst for part in parts) is whole.worst


def test_without_statements_all_of_the_time_is_up() -> None:
    (one,) = measure([], [minute(0), minute(40)], components=(), counts=COUNTS)
    assert one == Uptime(minute(0), minute(40), 0.0, 2400.0, ServiceStatus.OPERATING)
    assert one.share == 1.0


def test_a_time_that_is_all_maintenance_has_no_share() -> None:
    course = Course("a", (Stated(1, 1, None, "JP", ServiceStatus.MAINTENANCE, minute(0)),))
    (one,) = measure([course], [minute(0), minute(40)], components=(), counts=COUNTS)
    assert one.share is None


def test_areas_stand_for_the_municipalities_that_no_smaller_one_names() -> None:
    assert weights(["JP", "01", "011002", "131229"], COUNTS) == {"JP": 1, "01": 2, "011002": 1, "131229": 1}
    assert weights([], COUNTS) == {"JP": 5}
    assert weights(["01", "13", "131229", "131230"], COUNTS) == {"01": 3, "131229": 1, "131230": 1}


def test_a_statement_for_places_that_others_speak_of_counts_nowhere() -> None:
    said = [("JP", ServiceStatus.OUTAGE, 1), ("01", ServiceStatus.OPERATING, 2), ("13", ServiceStatus.DEGRADED, 2)]
    told = tuple(Stated(number, 1, None, area, status, START) for area, status, number in said)
    (found,) = measure([Course("x", told)], [START, minute(10)], components=(), counts=COUNTS)
    assert (found.lost, found.worst) == (0, ServiceStatus.DEGRADED)


def test_days_and_months_are_those_of_japan() -> None:
    assert day_start(date(2026, 4, 1)) == datetime(2026, 3, 31, 15, tzinfo=UTC)
    assert days(date(2026, 3, 1), 3) == [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)]
    assert months(date(2025, 12, 31), date(2026, 2, 1)) == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
