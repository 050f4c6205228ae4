"""The disclosure clock of an incident, laid against the yardsticks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from content.models.incidents import Incident, IncidentTimes
from content.queries.rows import Rows, given
from content.rules.archive.kinds import IncidentKind, IncidentState
from content.rules.disclosure_clock import Moment, Times
from content.rules.yardsticks import Measured, Took, measure, shipped, took

TIMES = Rows(IncidentTimes, IncidentTimes.incident_key == given("key"))
STEPS = ("occurred", "detected", "first_notice", "recovered", "cause", "final")


@dataclass(frozen=True)
class Step:
    """A moment of the clock, and how long after the beginning it came. ``moment`` None: not told."""

    name: str
    moment: Moment | None
    since: Took | None


@dataclass(frozen=True)
class Clock:
    """``start`` is the name of the moment from which ``since`` is counted."""

    steps: tuple[Step, ...]
    start: str
    silence: timedelta | None
    measured: tuple[Measured, ...]


def times_of(row: Any) -> Times:
    """The clock as the rules read it; ``row`` has the columns of :class:`IncidentTimes`."""
    silence = row.longest_silence_minutes
    return Times(
        longest_silence=None if silence is None else timedelta(minutes=silence),
        **{name: _moment(row, name) for name in STEPS},
    )


def clock(session: Session, incident: Incident, *, today: date) -> Clock | None:
    """None for maintenance, for an exercise, and where nothing of the clock is told."""
    row = TIMES.one(session, key=incident.key)
    if row is None or incident.kind != IncidentKind.INCIDENT or incident.exercise:
        return None
    known = times_of(row)
    start = next((name for name in STEPS if getattr(known, name)), None)
    if start is None:
        return None
    begin: Moment = getattr(known, start)
    steps = [
        Step(name, getattr(known, name), None if name == start else took(begin, getattr(known, name))) for name in STEPS
    ]
    over = incident.state in (IncidentState.CLOSED, IncidentState.UNKNOWN)
    return Clock(tuple(steps), start, known.longest_silence, tuple(measure(known, shipped(), today=today, over=over)))


def _moment(row: Any, name: str) -> Moment | None:
    at = getattr(row, f"{name}_at")
    return None if at is None else Moment(at, getattr(row, f"{name}_exact"))
