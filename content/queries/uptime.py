"""The uptime of a system by day and by month, as its bulletins state it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy.orm import Session

from content.models.systems import Component, System
from content.queries.courses import courses
from content.queries.held import Lately
from content.queries.incident_shelf import shelf
from content.queries.vocabulary import every, municipalities
from content.rules import uptime
from content.rules.archive.kinds import IncidentKind, ServiceStatus
from content.rules.filters import Filters
from content.rules.live import Course
from content.rules.shelf import Shelf
from content.rules.uptime import Uptime
from portal.core.clock import day_in_japan
from portal.core.errors import NotFound

DAYS = 90
MOST = 64


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
    system = every(session, System).get(key)
    if system is None:
        raise NotFound
    return UptimePage(system, uptime_days(session, key, at=at), _periods(session, key, at, by_month=True))


def uptime_days(session: Session, key: str, *, at: datetime) -> tuple[Period, ...]:
    """The uptime of a system by day: the last 90, with today until ``at``."""
    return _periods(session, key, at, by_month=False)


def bars(days: Iterable[Period]) -> tuple[tuple[str, str | None], ...]:
    """Each day as ISO text with its worst state; None for one that cannot be told."""
    told = ((one, one.share is not None or one.measured.worst is ServiceStatus.MAINTENANCE) for one in days)
    return tuple((one.day.isoformat(), str(one.measured.worst) if known else None) for one, known in told)


@dataclass(frozen=True)
class _Past:
    """The periods that are over, and of the one that is not its first day and how many of its incidents are silent."""

    periods: tuple[Period, ...]
    last: date
    silent: int


def _past(session: Session, key: str, today: date, by_month: bool) -> _Past:
    found, held = courses(session).by_system.get(key, {}), shelf(session)
    silent = _silent(held, key, found)
    if by_month:
        months = held.split(silent, "month").items()
        counts = Counter({date.fromisoformat(f"{month}-01"): count for month, count in months})
        first = min([today, *counts, *(day_in_japan(one.begins_at) for one in found.values())])
        starts = uptime.months(first, today)
    else:
        starts = uptime.days(today, DAYS)
        lately = silent & held.fitting(Filters(first=starts[0]))
        counts = Counter(one.day for one in held.each(lately))
    measured = _measured(session, key, [uptime.day_start(day) for day in starts])
    over = (Period(day, one, counts[day]) for day, one in zip(starts, measured, strict=False))
    return _Past(tuple(over), starts[-1], counts[starts[-1]])


# What is over changes with the record and the day alone.
_PAST = Lately(_past, None, most=MOST)


def _periods(session: Session, key: str, at: datetime, *, by_month: bool) -> tuple[Period, ...]:
    """The days or months of a system until an instant, of which the last is not over."""
    past = _PAST.of(session, key, day_in_japan(at), by_month)
    begins = uptime.day_start(past.last)
    (lasting,) = _measured(session, key, [begins, max(at, begins + timedelta(seconds=1))])
    return (*past.periods, Period(past.last, lasting, past.silent))


def _measured(session: Session, key: str, bounds: Sequence[datetime]) -> list[Uptime]:
    """The uptime between each two neighbours; nothing where there is but one."""
    if len(bounds) < 2:
        return []
    found = tuple(courses(session).by_system.get(key, {}).values())
    parts = [one.key for one in every(session, Component).values() if one.system_key == key]
    return uptime.measure(found, bounds, components=parts, counts=municipalities(session))


def _year(months: Sequence[Period]) -> Year:
    measured = uptime.together([month.measured for month in months])
    return Year(Period(months[0].day, measured, sum(month.silent for month in months)), tuple(months))


def _silent(held: Shelf, key: str, found: Mapping[str, Course]) -> int:
    """The incidents of the system that state nothing of it, as bits of the shelf."""
    touching = held.fitting(Filters(system=key, kind=IncidentKind.INCIDENT, exercise=False))
    return touching & ~held.these(found)
