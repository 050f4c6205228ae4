"""The shelf counts and orders as one would by hand."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from content.rules.filters import Filters, Sort
from content.rules.shelf import FACETS, Entry, Shelf

FIRST = date(2015, 11, 1)
AREAS = ("JP", "13", "27", "131016", "131024", "271004")
CODES = st.sampled_from(AREAS)
ENTRIES = st.builds(
    Entry,
    key=st.integers(0, 30).map(lambda n: f"i{n}"),
    day=st.integers(0, 150).map(lambda n: FIRST + timedelta(days=n)),
    said=st.integers(0, 200).map(lambda n: FIRST + timedelta(days=n)),
    severity=st.integers(1, 4),
    state=st.sampled_from(("open", "closed")),
    kind=st.sampled_from(("incident", "maintenance")),
    cause=st.sampled_from(("capacity", "unknown")),
    cause_status=st.sampled_from(("presumed", "established")),
    exercise=st.booleans(),
    merged=st.booleans(),
    systems=st.lists(st.sampled_from(("jpki", "lgwan", "cards")), unique=True, max_size=2).map(tuple),
    areas=st.lists(CODES, unique=True, max_size=3).map(tuple),
)
LISTS = st.lists(ENTRIES, unique_by=lambda entry: entry.key, max_size=12)
ONE = st.none()
FILTERS = st.builds(
    Filters,
    system=ONE | st.sampled_from(("jpki", "cards", "nothing")),
    first=ONE | st.integers(0, 150).map(lambda n: FIRST + timedelta(days=n)),
    last=ONE | st.integers(0, 150).map(lambda n: FIRST + timedelta(days=n)),
    cause=ONE | st.just("capacity"),
    cause_status=ONE | st.just("presumed"),
    severity=ONE | st.integers(1, 4),
    area=ONE | CODES,
    wide=st.booleans(),
    state=ONE | st.just("open"),
    kind=ONE | st.just("incident"),
    exercise=ONE | st.booleans(),
)


def in_area(entry: Entry, area: str, wide: bool) -> bool:
    own = any(one == area or (len(area) == 2 and one.startswith(area)) for one in entry.areas)
    return own or (wide and bool({area[:2], "JP"} & set(entry.areas)))


def fits(entry: Entry, asked: Filters) -> bool:
    plain = ("cause", "cause_status", "severity", "state", "kind", "exercise")
    return (
        all(getattr(asked, name) in (None, getattr(entry, name)) for name in plain)
        and (asked.system is None or asked.system in entry.systems)
        and (asked.first is None or entry.day >= asked.first)
        and (asked.last is None or entry.day <= asked.last)
        and (asked.area is None or in_area(entry, asked.area, asked.wide))
    )


def values(entry: Entry, facet: str) -> set[str]:
    match facet:
        case "system":
            return set(entry.systems)
        case "area":
            return {area[:2] for area in entry.areas}
        case "year":
            return {str(entry.day.year)}
        case "month":
            return {entry.day.isoformat()[:7]}
        case "exercise":
            return {"yes" if entry.exercise else "no"}
        case _:
            return {str(getattr(entry, facet))}


ORDERS = {
    Sort.DAY: lambda entry: (-entry.day.toordinal(), entry.key),
    Sort.OLDEST: lambda entry: (entry.day, entry.key),
    Sort.SEVERITY: lambda entry: (-entry.severity, -entry.day.toordinal(), entry.key),
    Sort.SAID: lambda entry: (-entry.said.toordinal(), -entry.severity, -entry.day.toordinal(), entry.key),
}


@settings(max_examples=150, deadline=None)
@given(LISTS, LISTS, st.sets(st.integers(0, 30)), FILTERS, st.sampled_from(list(Sort)), st.sampled_from(list(FACETS)))
def test_it_finds_counts_and_orders_as_by_hand_also_after_changes(
    before: list[Entry], later: list[Entry], gone: set[int], asked: Filters, sort: Sort, facet: str
) -> None:
    now = {entry.key: entry for entry in before} | {entry.key: entry for entry in later}
    changes: dict[str, Entry | None] = {entry.key: entry for entry in later} | {f"i{n}": None for n in gone}
    now = {key: entry for key, entry in now.items() if changes.get(key, entry) is not None}
    for shelf in (Shelf.of(now.values()), Shelf.of(before).changed(changes), Shelf().changed(dict(now))):
        found = sorted((entry for entry in now.values() if fits(entry, asked)), key=ORDERS[sort])
        keys = [entry.key for entry in found]
        assert shelf.keys(asked, sort) == keys
        for first in range(len(keys) + 2):
            assert shelf.keys(asked, sort, first=first, size=2) == keys[first : first + 2]
        assert shelf.count(asked) == len(found)
        others = asked.without(*FACETS[facet])
        counted: dict[str, int] = {}
        for entry in now.values():
            for value in values(entry, facet) if fits(entry, others) else ():
                counted[value] = counted.get(value, 0) + 1
        assert shelf.counts(asked, facet) == counted


def test_a_page_of_a_list_is_a_part_of_it() -> None:
    entry = Entry("a", FIRST, FIRST, 1, "open", "incident", "x", "presumed", False, False, (), ("JP",))
    entries = [Entry(f"k{n:02}", FIRST, *vars_of(entry)[2:]) for n in range(25)]
    shelf = Shelf.of(entries)
    assert shelf.keys(Filters(), Sort.DAY, first=20, size=20) == [f"k{n}" for n in range(20, 25)]


def vars_of(entry: Entry) -> list[object]:
    return [getattr(entry, name) for name in Entry.__slots__]


@settings(max_examples=20, deadline=None)
@given(st.lists(ENTRIES, unique_by=lambda entry: entry.key, min_size=18, max_size=30), st.sampled_from(Sort))
def test_one_of_many_is_found_where_it_stands_among_them(entries: list[Entry], sort: Sort) -> None:
    held = Shelf.of(entries)
    for entry in entries:
        found = held.these([entry.key, "nothing"])
        assert found.bit_count() == 1
        assert list(held.each(found, sort)) == [one for one in held.each(held.all, sort) if one.key == entry.key]
