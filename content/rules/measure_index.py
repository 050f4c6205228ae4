"""All measures in one hand: which fit a filter, in the order of the public list, how many there are of each choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import ClassVar

from content.rules.index import Index, Place
from content.rules.measures import Standing, standing

DUE = "due"


@dataclass(frozen=True)
class MeasureFilters:
    """What a reader asked for; None: anything."""

    owner: str | None = None
    system: str | None = None
    cause: str | None = None
    state: Standing | None = None

    @property
    def any(self) -> bool:
        return bool(self.owner or self.system or self.cause or self.state)


@dataclass(frozen=True, slots=True)
class MeasureEntry:
    """What the list needs of a measure. ``day``: the incident's; ``cause``: that it addresses, else its incident's."""

    key: str
    incident: str
    position: int
    day: date
    owner: str
    cause: str
    status: str
    due_on: date | None
    systems: tuple[str, ...]

    def marks(self) -> Iterator[tuple[str, str]]:
        """Every facet's value that it has; ``standing``: how it stands while it is not late."""
        yield "owner", self.owner
        yield "cause", self.cause
        for system in self.systems:
            yield "system", system
        yield "standing", standing(self.status, None, today=date.min)

    def place(self, order: str) -> Place:
        """By the day on which it is due, those without one last; then the newest incident first."""
        due = date.max if self.due_on is None else self.due_on
        return due.toordinal(), -self.day.toordinal(), self.incident, self.position


class Measures(Index[MeasureEntry]):
    """The index of measures, with what filters of the list mean."""

    ORDERS: ClassVar[tuple[str, ...]] = (DUE,)

    @cached_property
    def by_incident(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of the measures of each incident."""
        found: dict[str, tuple[str, ...]] = {}
        for one in self.entries:
            if one is not None:
                found[one.incident] = (*found.get(one.incident, ()), one.key)
        return found

    def standings(self, today: date) -> dict[Standing, int]:
        """Those that stand so on a day, as bits: :func:`content.rules.measures.standing`."""
        found = {one: self.having("standing", one) for one in Standing}
        late = found[Standing.OPEN] & self.before(DUE, (today.toordinal(),))
        return {**found, Standing.LATE: late, Standing.OPEN: found[Standing.OPEN] & ~late}

    def fitting(self, filters: MeasureFilters, standings: Mapping[Standing, int]) -> int:
        """Those that fit, as bits."""
        found = self.all if filters.state is None else standings[filters.state]
        for name in ("owner", "system", "cause"):
            if (value := getattr(filters, name)) is not None:
                found &= self.having(name, value)
        return found

    def listed(self, found: int, standings: Mapping[Standing, int]) -> Iterator[MeasureEntry]:
        """Some measures as the list has them: those late first, then open ones, then the rest."""
        late, still = standings[Standing.LATE], standings[Standing.OPEN]
        for part in (found & late, found & still, found & ~late & ~still):
            yield from self.each(part, DUE)
