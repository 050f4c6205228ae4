"""The uptime of a system by day and by month, as its bulletins state it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.models.areas import Municipality
from content.models.bulletins import StatedStatus
from content.models.incidents import Incident, IncidentSystem
from content.models.systems import Component, System
from content.queries.live import courses
from content.rules import uptime
from content.rules.archive.kinds import IncidentKind
from content.rules.live import Course
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
    found = courses(session, system=key).get(key, [])
    silent = _silent(session, key)
    first = min((day for day in silent), default=today)
    first = min([first, *(day_in_japan(one.begins_at) for one in found)])
    count = _Counting(session, key, found, at)
    return UptimePage(
        system,
        count.periods(uptime.days(today, DAYS), silent),
        count.periods(uptime.months(first, today), _by_month(silent)),
    )


def uptime_days(session: Session, key: str, *, at: datetime) -> tuple[Period, ...]:
    """The uptime of a system by day: the last 90, with today until ``at``."""
    starts = uptime.days(day_in_japan(at), DAYS)
    found = courses(session, system=key, since=uptime.day_start(starts[0])).get(key, [])
    return _Counting(session, key, found, at).periods(starts, _silent(session, key, since=starts[0]))


def municipalities(session: Session) -> dict[str, int]:
    """How many municipalities each prefecture has today; a record without their names counts each prefecture once."""
    query = select(Municipality.prefecture, func.count()).where(Municipality.until_on.is_(None))
    counts = {row[0]: int(row[1]) for row in session.execute(query.group_by(Municipality.prefecture))}
    return counts or {f"{number:02}": 1 for number in range(1, 48)}


class _Counting:
    """The uptime of one system until an instant."""

    def __init__(self, session: Session, system: str, found: Sequence[Course], at: datetime) -> None:
        self.found, self.at = found, at
        self.parts = session.scalars(select(Component.key).where(Component.system_key == system)).all()
        self.counts = municipalities(session)

    def periods(self, starts: Sequence[date], silent: Counter[date]) -> tuple[Period, ...]:
        """One from each day of ``starts`` to the next; ``silent``: by those days."""
        bounds = [uptime.day_start(day) for day in starts]
        until = max(self.at, bounds[-1] + timedelta(seconds=1))
        measured = uptime.measure(self.found, [*bounds, until], components=self.parts, counts=self.counts)
        return tuple(Period(day, one, silent[day]) for day, one in zip(starts, measured, strict=True))


def _year(months: Sequence[Period]) -> Year:
    measured = uptime.together([month.measured for month in months])
    return Year(Period(months[0].day, measured, sum(month.silent for month in months)), tuple(months))


def _silent(session: Session, key: str, *, since: date = date.min) -> Counter[date]:
    """Incidents of the system that state nothing of it, by the day (not before ``since``) under which they stand."""
    touched = select(IncidentSystem.incident_key).where(IncidentSystem.system_key == key)
    spoken = select(StatedStatus.incident_key).where(StatedStatus.system_key == key)
    query = select(Incident.sort_on, func.count()).where(
        Incident.sort_on >= since,
        Incident.key.in_(touched),
        Incident.key.not_in(spoken),
        Incident.exercise.is_(False),
        Incident.withdrawn.is_(False),
        Incident.kind == IncidentKind.INCIDENT,
    )
    return Counter({row[0]: int(row[1]) for row in session.execute(query.group_by(Incident.sort_on))})


def _by_month(days: Counter[date]) -> Counter[date]:
    found: Counter[date] = Counter()
    for day, count in days.items():
        found[day.replace(day=1)] += count
    return found
