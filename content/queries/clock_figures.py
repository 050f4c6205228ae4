"""The disclosure clocks of all incidents: how they spread, and the rows that this is computed from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.incidents import Incident, IncidentTimes
from content.queries.incident_clock import times_of
from content.rules.archive.kinds import IncidentKind
from content.rules.disclosure_clock import Times
from content.rules.distribution import Spread, spread
from content.rules.yardsticks import Took, took

# From which moment to which; several starts: the first of them that is told.
LENGTHS: dict[str, tuple[tuple[str, ...], str]] = {
    "first-notice": (("detected", "occurred"), "first_notice"),
    "recovery": (("occurred", "detected"), "recovered"),
    "cause": (("occurred", "detected"), "cause"),
    "final": (("occurred", "detected"), "final"),
}
UPDATES = "updates"
AT_ONCE = 2000


@dataclass(frozen=True)
class ClockRow:
    """One incident's clock, with the lengths that it tells."""

    key: str
    times: Times
    lengths: dict[str, Took | None]


@dataclass(frozen=True)
class ClockFigures:
    """``spreads`` by the name of the length; ``total`` is how many incidents were looked at."""

    spreads: dict[str, Spread]
    total: int


def clock_rows(session: Session) -> Iterator[ClockRow]:
    """Every real incident by key; exercises, maintenance and what was withdrawn are left out."""
    query = select(IncidentTimes).join(Incident, Incident.key == IncidentTimes.incident_key)
    query = query.where(
        Incident.kind == IncidentKind.INCIDENT, Incident.exercise.is_(False), Incident.withdrawn.is_(False)
    )
    query = query.order_by(IncidentTimes.incident_key).execution_options(yield_per=AT_ONCE)
    for row in session.scalars(query):
        yield ClockRow(row.incident_key, known := times_of(row), lengths(known))


def lengths(known: Times) -> dict[str, Took | None]:
    """What a clock tells of each length."""
    found: dict[str, Took | None] = {}
    for name, (starts, end) in LENGTHS.items():
        start = next((getattr(known, one) for one in starts if getattr(known, one)), None)
        found[name] = took(start, getattr(known, end))
    silence = known.longest_silence
    found[UPDATES] = None if silence is None else Took(silence, exact=True)
    return found


def clock_figures(session: Session) -> ClockFigures:
    """How the lengths spread over all incidents."""
    rows = [row.lengths for row in clock_rows(session)]
    names = (*LENGTHS, UPDATES)
    return ClockFigures({name: spread(row[name] for row in rows) for name in names}, len(rows))
