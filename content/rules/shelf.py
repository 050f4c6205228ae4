"""All incidents in one hand: which fit a filter, in which order, how many of each class there are."""

from __future__ import annotations

import bisect
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import ClassVar

from content.rules.areas import COUNTRY
from content.rules.filters import Filters, Sort
from content.rules.index import Index, Place, bits_of

# Facets with the filters that a choice of them sets; a facet is counted under all filters but these.
FACETS: dict[str, tuple[str, ...]] = {
    "system": ("system",),
    "cause": ("cause",),
    "cause_status": ("cause_status",),
    "severity": ("severity",),
    "area": ("area",),
    "state": ("state",),
    "kind": ("kind",),
    "exercise": ("exercise",),
    "month": ("first", "last"),
    "year": ("first", "last"),
}
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Entry:
    """What lists and counts need of an incident. ``said``: the day on which it was last spoken of.

    ``merged``: it was merged into another one, with which it counts where the counting rule says so.
    """

    key: str
    day: date
    said: date
    severity: int
    state: str
    kind: str
    cause: str
    cause_status: str
    exercise: bool
    merged: bool
    systems: tuple[str, ...]
    areas: tuple[str, ...]

    def marks(self) -> Iterator[tuple[str, str]]:
        """Every facet's value that it has. ``within`` is a prefecture that holds one of its areas."""
        for system in self.systems:
            yield "system", system
        for area in self.areas:
            yield "area", area
        for prefecture in {area[:2] for area in self.areas if area != COUNTRY}:
            yield "within", prefecture
        yield "cause", self.cause
        yield "cause_status", self.cause_status
        yield "severity", str(self.severity)
        yield "state", self.state
        yield "kind", self.kind
        yield "exercise", YES if self.exercise else NO
        yield "merged", YES if self.merged else NO
        yield "year", f"{self.day.year:04}"
        yield "month", f"{self.day.year:04}-{self.day.month:02}"

    def place(self, order: str) -> Place:
        """Where it stands in an order."""
        day, said = self.day.toordinal(), self.said.toordinal()
        match order:
            case Sort.OLDEST:
                return day, self.key
            case Sort.SEVERITY:
                return -self.severity, -day, self.key
            case Sort.SAID:
                return -said, -self.severity, -day, self.key
            case _:
                return -day, self.key


@dataclass(frozen=True)
class Shelf(Index[Entry]):
    """The index of incidents, with what filters of the record mean."""

    ORDERS: ClassVar[tuple[str, ...]] = tuple(Sort)

    def fitting(self, filters: Filters) -> int:
        """The incidents that fit, as bits."""
        found = self.all
        for name in ("system", "cause", "cause_status", "severity", "state", "kind"):
            value = getattr(filters, name)
            if value is not None:
                found &= self.having(name, str(value))
        if filters.exercise is not None:
            found &= self.having("exercise", YES if filters.exercise else NO)
        if filters.area is not None:
            found &= self._in(filters.area, filters.wide)
        if filters.first is not None or filters.last is not None:
            found &= self._between(filters.first or date.min, filters.last or date.max)
        return found

    def count(self, filters: Filters) -> int:
        """How many fit."""
        return self.fitting(filters).bit_count()

    def counts(self, filters: Filters, facet: str) -> dict[str, int]:
        """How many there are of each value of a facet under all other filters; values without any are left out.

        Of the facet ``area`` these are the country and the prefectures with all in them.
        """
        return self.split(self.fitting(filters.without(*FACETS[facet])), facet)

    def split(self, found: int, facet: str) -> dict[str, int]:
        """How many of some incidents have each value of a facet."""
        if facet != "area":
            return super().split(found, facet)
        held = {**self.bits.get("within", {}), COUNTRY: self.having("area", COUNTRY)}
        return {value: count for value, bits in held.items() if (count := (found & bits).bit_count())}

    def keys(self, filters: Filters, sort: Sort, *, first: int = 0, size: int | None = None) -> list[str]:
        """The keys of those that fit, in order, ``size`` of them from place ``first`` (0: the foremost) on."""
        return [entry.key for entry in self.part(self.fitting(filters), sort, first=first, size=size)]

    def each(self, found: int, order: str = Sort.DAY, *, backwards: bool = False) -> Iterator[Entry]:
        """Some incidents in order."""
        return super().each(found, order, backwards=backwards)

    def first_of(self, found: int, sort: Sort, most: int) -> list[Entry]:
        """The foremost of some incidents."""
        return list(islice(self.each(found, sort), most))

    def _in(self, area: str, wide: bool) -> int:
        found = self.having("area", area) | self.having("within", area)
        if wide:
            found |= self.having("area", area[:2]) | self.having("area", COUNTRY)
        return found

    def _between(self, first: date, last: date) -> int:
        """By whole months, and by day in the months where the period begins and ends."""
        start, end = f"{first.year:04}-{first.month:02}", f"{last.year:04}-{last.month:02}"
        found = 0
        for month, bits in self.bits.get("month", {}).items():
            if start < month < end:
                found |= bits
            elif month in (start, end):
                year, number = int(month[:4]), int(month[5:])
                foremost, hindmost = date(year, number, 1), date(year, number, monthrange(year, number)[1])
                found |= self._days(max(first, foremost), min(last, hindmost))
        return found

    def _days(self, first: date, last: date) -> int:
        order = self.orders.get(Sort.OLDEST, ())
        start = bisect.bisect_left(order, (first.toordinal(),))
        end = bisect.bisect_left(order, (last.toordinal() + 1,))
        return bits_of(int(place[-1]) for place in order[start:end])
