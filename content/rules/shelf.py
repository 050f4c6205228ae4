"""All incidents in one hand: which fit a filter, in which order, how many of each class there are.

Each incident has a slot; for each value of each facet the slots that have it are the bits of one integer. A filter is
then a few ANDs and a count the number of bits left, in microseconds for 20,000 incidents.
"""

from __future__ import annotations

import bisect
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from content.rules.areas import COUNTRY
from content.rules.filters import Filters, Sort

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
# One incident in so many is few.
MANY = 16
Place = tuple[int | str, ...]


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


def _place(sort: Sort, entry: Entry, slot: int) -> Place:
    """Where an entry stands in an order; the smallest comes first."""
    day, said = entry.day.toordinal(), entry.said.toordinal()
    match sort:
        case Sort.OLDEST:
            return day, entry.key, slot
        case Sort.SEVERITY:
            return -entry.severity, -day, entry.key, slot
        case Sort.SAID:
            return -said, -entry.severity, -day, entry.key, slot
        case Sort.DAY:
            return -day, entry.key, slot


@dataclass(frozen=True)
class Shelf:
    """Never changed once made; ``changed`` gives another one."""

    entries: tuple[Entry | None, ...] = ()
    slots: Mapping[str, int] = field(default_factory=dict)
    bits: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    all: int = 0
    orders: Mapping[Sort, tuple[Place, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Shelf:
        """A shelf with these incidents."""
        held = tuple(entries)
        marked: dict[str, dict[str, list[int]]] = {}
        for slot, entry in enumerate(held):
            for facet, value in entry.marks():
                marked.setdefault(facet, {}).setdefault(value, []).append(slot)
        return cls(
            held,
            {entry.key: slot for slot, entry in enumerate(held)},
            {facet: {value: _bits(slots) for value, slots in found.items()} for facet, found in marked.items()},
            (1 << len(held)) - 1,
            {sort: tuple(sorted(_place(sort, one, slot) for slot, one in enumerate(held))) for sort in Sort},
        )

    def changed(self, entries: Mapping[str, Entry | None]) -> Shelf:
        """With these incidents as they are now; None: it is no more shown."""
        held, slots, all_ = list(self.entries), dict(self.slots), self.all
        bits = {facet: dict(found) for facet, found in self.bits.items()}
        orders = {sort: list(order) for sort, order in self.orders.items()} or {sort: [] for sort in Sort}
        for key, entry in entries.items():
            slot = slots.get(key, len(held))
            old = held[slot] if slot < len(held) else None
            if old is not None:
                all_ &= ~(1 << slot)
                for facet, value in old.marks():
                    bits[facet][value] &= ~(1 << slot)
                for sort, order in orders.items():
                    del order[bisect.bisect_left(order, _place(sort, old, slot))]
            if slot == len(held):
                held.append(None)
            held[slot], slots[key] = entry, slot
            if entry is not None:
                all_ |= 1 << slot
                for facet, value in entry.marks():
                    found = bits.setdefault(facet, {})
                    found[value] = found.get(value, 0) | 1 << slot
                for sort, order in orders.items():
                    bisect.insort(order, _place(sort, entry, slot))
        return Shelf(tuple(held), slots, bits, all_, {sort: tuple(order) for sort, order in orders.items()})

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
        held = self.bits.get("within" if facet == "area" else facet, {})
        if facet == "area":
            held = {**held, COUNTRY: self.having("area", COUNTRY)}
        return {value: count for value, bits in held.items() if (count := (found & bits).bit_count())}

    def having(self, facet: str, value: str) -> int:
        """The incidents that have exactly this value, as bits."""
        return self.bits.get(facet, {}).get(value, 0)

    def these(self, keys: Iterable[str]) -> int:
        """The incidents of these keys that are shown, as bits."""
        return self.all & _bits(self.slots[key] for key in keys if key in self.slots)

    def keys(self, filters: Filters, sort: Sort, *, first: int = 0, size: int | None = None) -> list[str]:
        """The keys of those that fit, in order, ``size`` of them from place ``first`` (0: the foremost) on."""
        found = self.fitting(filters)
        total = found.bit_count()
        end = total if size is None else min(first + size, total)
        if first <= total // 2:
            return [entry.key for entry in islice(self.each(found, sort), first, end)]
        from_behind = islice(self.each(found, sort, backwards=True), total - end, max(total - first, total - end))
        return [entry.key for entry in from_behind][::-1]

    def each(self, found: int, sort: Sort = Sort.DAY, *, backwards: bool = False) -> Iterator[Entry]:
        """Some incidents in order. Few are put in order; of many, those that are not asked for are passed over."""
        if found.bit_count() * MANY < len(self.entries):
            few = ((one, slot) for slot in _slots(found) if (one := self.entries[slot]) is not None)
            for place in sorted((_place(sort, one, slot) for one, slot in few), reverse=backwards):
                if (entry := self.entries[int(place[-1])]) is not None:
                    yield entry
            return
        flags = found.to_bytes(len(self.entries) // 8 + 1, "little")
        order = self.orders.get(sort, ())
        for place in reversed(order) if backwards else order:
            slot = int(place[-1])
            if flags[slot >> 3] >> (slot & 7) & 1 and (entry := self.entries[slot]) is not None:
                yield entry

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
        return _bits(int(place[-1]) for place in order[start:end])


def _bits(slots: Iterable[int]) -> int:
    held = list(slots)
    room = bytearray(max(held, default=0) // 8 + 1)
    for slot in held:
        room[slot >> 3] |= 1 << (slot & 7)
    return int.from_bytes(room, "little")


def _slots(bits: int) -> Iterator[int]:
    for index, byte in enumerate(bits.to_bytes(bits.bit_length() // 8 + 1, "little")):
        while byte:
            low = byte & -byte
            yield (index << 3) + low.bit_length() - 1
            byte ^= low
