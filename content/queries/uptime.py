"""The uptime of a system by day and by month, as its bulletins state it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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
class UptimePage:
    """``days``: the last 90, with today until now; ``months``: from the first incident on."""

    system: System
    days: tuple[Period, ...]
    months: tuple[Period, ...]


def uptime_page(session: Session, key: str, *, at: datetime) -> UptimePage:
    """The uptime of a system until an instant; raises NotFound."""
    system = session.get(System, key)
    if system is None:
        raise NotFound
    today = day_in_japan(at)
    found = courses(session, system=key).get(key, [])
    parts = session.scalars(select(Component.key).where(Component.system_key == key)).all()
    counts = municipalities(session)
    silent = _silent(session, key)
    starts = uptime.days(today, DAYS)
    first = min((day for day in silent), default=today)
    first = min([first, *(day_in_japan(one.begins_at) for one in found)])
    return UptimePage(
        system,
        _periods(found, starts, at, parts, counts, silent),
        _periods(found, uptime.months(first, today), at, parts, counts, _by_month(silent)),
    )


def municipalities(session: Session) -> dict[str, int]:
    """How many municipalities each prefecture has today; a record without their names counts each prefecture once."""
    query = select(Municipality.prefecture, func.count()).where(Municipality.until_on.is_(None))
    counts = {row[0]: int(row[1]) for row in session.execute(query.group_by(Municipality.prefecture))}
    return counts or {f"{number:02}": 1 for number in range(1, 48)}


def _periods(
    found: Sequence[Course],
    starts: Sequence[date],
    at: datetime,
    parts: Sequence[str],
    counts: dict[str, int],
    silent: Counter[date],
) -> tuple[Period, ...]:
    bounds = [uptime.day_start(day) for day in starts]
    until = max(at, bounds[-1] + timedelta(seconds=1))
    measured = uptime.measure(found, [*bounds, until], components=parts, counts=counts)
    return tuple(Period(day, one, silent[day]) for day, one in zip(starts, measured, strict=True))


def _silent(session: Session, key: str) -> Counter[date]:
    """Incidents of the system that state nothing of it, by the day under which they stand."""
    touched = select(IncidentSystem.incident_key).where(IncidentSystem.system_key == key)
    spoken = select(StatedStatus.incident_key).where(StatedStatus.system_key == key)
    query = select(Incident.sort_on).where(
        Incident.key.in_(touched),
        Incident.key.not_in(spoken),
        Incident.exercise.is_(False),
        Incident.withdrawn.is_(False),
        Incident.kind == IncidentKind.INCIDENT,
    )
    return Counter(session.scalars(query))


def _by_month(days: Counter[date]) -> Counter[date]:
    found: Counter[date] = Counter()
    for day, count in days.items():
        found[day.replace(day=1)] += count
    return found
