"""The index of measures stands and orders as one would by hand."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from content.rules.archive.kinds import MeasureStatus
from content.rules.measure_index import MeasureEntry, MeasureFilters, Measures
from content.rules.measures import Standing, standing

TODAY = date(2026, 4, 1)
ENTRIES = st.builds(
    MeasureEntry,
    key=st.integers(0, 20).map(lambda n: f"m{n}"),
    incident=st.sampled_from(("a", "b")),
    position=st.integers(1, 3),
    day=st.integers(0, 3).map(lambda n: TODAY - timedelta(days=n)),
    owner=st.sampled_from(("jlis", "ministry")),
    cause=st.sampled_from(("capacity", "unknown")),
    status=st.sampled_from(tuple(MeasureStatus)),
    due_on=st.none() | st.integers(-2, 2).map(lambda n: TODAY + timedelta(days=n)),
    systems=st.lists(st.sampled_from(("jpki", "cards")), unique=True).map(tuple),
)
UNIQUE = st.lists(ENTRIES, unique_by=(lambda one: one.key, lambda one: (one.incident, one.position)), max_size=6)
FILTERS = st.builds(
    MeasureFilters,
    owner=st.none() | st.just("jlis"),
    system=st.none() | st.just("jpki"),
    cause=st.none() | st.just("capacity"),
    state=st.none() | st.sampled_from(tuple(Standing)),
)


def _stands(one: MeasureEntry) -> Standing:
    return standing(one.status, one.due_on, today=TODAY)


def _fits(one: MeasureEntry, asked: MeasureFilters) -> bool:
    return (
        asked.owner in (None, one.owner)
        and asked.cause in (None, one.cause)
        and (asked.system is None or asked.system in one.systems)
        and asked.state in (None, _stands(one))
    )


def _place(one: MeasureEntry) -> tuple[int, bool, date, int, str, int]:
    rank = {Standing.LATE: 0, Standing.OPEN: 1}.get(_stands(one), 2)
    return rank, one.due_on is None, one.due_on or date.max, -one.day.toordinal(), one.incident, one.position


@settings(max_examples=60)
@given(UNIQUE, FILTERS)
def test_measures_are_filtered_and_ordered(entries: list[MeasureEntry], asked: MeasureFilters) -> None:
    held = Measures.of(entries)
    standings = held.standings(TODAY)
    assert {one: bits.bit_count() for one, bits in standings.items()} == {
        state: sum(_stands(one) is state for one in entries) for state in Standing
    }
    listed = list(held.listed(held.fitting(asked, standings), standings))
    assert listed == sorted((one for one in entries if _fits(one, asked)), key=_place)
