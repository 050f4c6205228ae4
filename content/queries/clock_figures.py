"""The disclosure clocks of all incidents: how they spread, and the rows that this is computed from."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from content.models.incidents import Incident, IncidentTimes
from content.queries.held import Held
from content.queries.incident_clock import times_of
from content.rules.archive.kinds import IncidentKind
from content.rules.disclosure_clock import Times
from content.rules.distribution import Lengths, Spread
from content.rules.yardsticks import Took, took

# From which moment to which; several starts: the first of them that is told.
LENGTHS: dict[str, tuple[tuple[str, ...], str]] = {
    "first-notice": (("detected", "occurred"), "first_notice"),
    "recovery": (("occurred", "detected"), "recovered"),
    "cause": (("occurred", "detected"), "cause"),
    "final": (("occurred", "detected"), "final"),
}
UPDATES = "updates"
NAMES = (*LENGTHS, UPDATES)
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


def clock_rows(session: Session, keys: Collection[str] | None = None) -> Iterator[ClockRow]:
    """Every real incident (None), or those of ``keys``, by key.

    Exercises, maintenance and what was withdrawn are left out.
    """
    query = select(*inspect(IncidentTimes).local_table.columns).join(
        Incident, Incident.key == IncidentTimes.incident_key
    )
    query = query.where(
        Incident.kind == IncidentKind.INCIDENT, Incident.exercise.is_(False), Incident.withdrawn.is_(False)
    )
    if keys is not None:
        query = query.where(Incident.key.in_(keys))
    query = query.order_by(IncidentTimes.incident_key).execution_options(yield_per=AT_ONCE)
    for row in session.execute(query):
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
    held = _HELD.of(session)
    return ClockFigures({name: one.spread() for name, one in held.lengths.items()}, len(held.by_key))


@dataclass(frozen=True)
class _Clocks:
    """Every incident's lengths, and the lengths of each name in order."""

    by_key: dict[str, dict[str, Took | None]]
    lengths: dict[str, Lengths]


def _read(session: Session) -> _Clocks:
    by_key = {row.key: row.lengths for row in clock_rows(session)}
    return _Clocks(by_key, {name: Lengths.of(one[name] for one in by_key.values()) for name in NAMES})


def _renew(session: Session, held: _Clocks, keys: Collection[str]) -> _Clocks:
    gone = {key: held.by_key[key] for key in keys if key in held.by_key}
    come = {row.key: row.lengths for row in clock_rows(session, keys)}
    if gone == come:
        return held
    by_key = {**held.by_key, **come}
    for key in gone.keys() - come.keys():
        del by_key[key]
    return _Clocks(
        by_key,
        {
            name: one.changed((old[name] for old in gone.values()), (new[name] for new in come.values()))
            for name, one in held.lengths.items()
        },
    )


_HELD = Held(_read, _renew)
