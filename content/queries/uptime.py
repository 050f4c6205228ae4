"""The uptime of a system by day and by month, as its bulletins state it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy.orm import Session

from content.models.systems import Component, System
from content.queries.courses import courses
from content.queries.incident_shelf import shelf
from content.queries.vocabulary import every, municipalities
from content.rules import uptime
from content.rules.archive.kinds import IncidentKind
from content.rules.filters import Filters
from content.rules.live import Course
from content.rules.shelf import Shelf
from content.rules.uptime import Uptime
from portal.core.clock import day_in_japan
from portal.core.errors import NotFound

DAYS = 90


@dataclass(frozen=True)
class Period:
    """A day, or a month by its first day. ``silent``: incidents that began in it and state no times.

    Their length is not known, so neither is the share.
    """

    day: date
    measured: Uptime
    silent: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where it cannot be told."""
        return None if self.silent else self.measured.share


@dataclass(frozen=True)
class Year:
    """A year by its first day known, and its months in order."""

    whole: Period
    months: tuple[Period, ...]


@dataclass(frozen=True)
class UptimePage:
    """``days``: the last 90, with today until now; ``months``: from the first incident on."""

    system: System
    days: tuple[Period, ...]
    months: tuple[Period, ...]

    @property
    def years(self) -> list[Year]:
        """The months by year, the last first."""
        by_year = groupby(self.months, key=lambda month: month.day.year)
        return [_year(tuple(months)) for _number, months in by_year][::-1]


def uptime_page(session: Session, key: str, *, at: datetime) -> UptimePage:
    """The uptime of a system until an instant; raises NotFound."""
    system = session.get(System, key)
    if system is None:
        raise NotFound
    today = day_in_japan(at)
    found, held = courses(session).by_system.get(key, {}), shelf(session)
    silent = _silent(held, key, found)
    by_month = {
        date.fromisoformat(f"{month}-01"): count
        for month, bits in held.bits.get("month", {}).items()
        if (count := (silent & bits).bit_count())
    }
    first = min([today, *by_month, *(day_in_japan(one.begins_at) for one in found.values())])
    counting = _Counting(session, key, found, at)
    return UptimePage(
        system,
        counting.days(held, silent),
        counting.periods(uptime.months(first, today), Counter(by_month)),
    )


def uptime_days(session: Session, key: str, *, at: datetime) -> tuple[Period, ...]:
    """The uptime of a system by day: the last 90, with today until ``at``."""
    found, held = courses(session).by_system.get(key, {}), shelf(session)
    return _Counting(session, key, found, at).days(held, _silent(held, key, found))


class _Counting:
    """The uptime of one system until an instant."""

    def __init__(self, session: Session, system: str, found: Mapping[str, Course], at: datetime) -> None:
        self.found, self.at = tuple(found.values()), at
        self.parts = [one.key for one in every(session, Component).values() if one.system_key == system]
        self.counts = municipalities(session)

    def days(self, held: Shelf, silent: int) -> tuple[Period, ...]:
        """The last 90."""
        starts = uptime.days(day_in_japan(self.at), DAYS)
        lately = silent & held.fitting(Filters(first=starts[0]))
        return self.periods(starts, Counter(one.day for one in held.each(lately)))

    def periods(self, starts: Sequence[date], silent: Counter[date]) -> tuple[Period, ...]:
        """One from each day of ``starts`` to the next; ``silent``: by those days."""
        bounds = [uptime.day_start(day) for day in starts]
        until = max(self.at, bounds[-1] + timedelta(seconds=1))
        measured = uptime.measure(self.found, [*bounds, until], components=self.parts, counts=self.counts)
        return tuple(Period(day, one, silent[day]) for day, one in zip(starts, measured, strict=True))


def _year(months: Sequence[Period]) -> Year:
    measured = uptime.together([month.measured for month in months])
    return Year(Period(months[0].day, measured, sum(month.silent for month in months)), tuple(months))


def _silent(held: Shelf, key: str, found: Mapping[str, Course]) -> int:
    """The incidents of the system that state nothing of it, as bits of the shelf."""
    touching = held.fitting(Filters(system=key, kind=IncidentKind.INCIDENT, exercise=False))
    return touching & ~held.these(found)
