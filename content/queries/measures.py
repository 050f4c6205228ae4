"""The public list of measures and promises, with what was reported of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from content.models.bodies import Body
from content.models.incidents import Incident, IncidentSystem
from content.models.letters import Letter
from content.models.measures import Measure, MeasureReport
from content.models.scales import Cause
from content.models.systems import System
from content.queries.held import Held
from content.queries.names import bodies
from content.queries.pages import Page, bounds
from content.queries.rows import Rows, among, ask
from content.queries.vocabulary import every
from content.rules.archive.kinds import MeasureStatus
from content.rules.measure_index import MeasureEntry, MeasureFilters, Measures
from content.rules.measures import GOING_ON, Standing, standing

PAGE_SIZE = 30
AT_ONCE = 500
MEASURES, INCIDENTS = Rows(Measure, among(Measure.id)), Rows(Incident, among(Incident.key))
LETTERS = Rows(Letter, among(Letter.key))
REPORTS = Rows(MeasureReport, among(MeasureReport.measure_id), order=[MeasureReport.number])
# In the order of MeasureEntry.
ENTRIES = (
    select(
        Measure.id, Measure.incident_key, Measure.position, Incident.sort_on, Measure.owner_key,
        func.coalesce(Measure.cause_key, Incident.cause_key), Measure.status, Measure.due_on,
    )
    .join(Incident, Incident.key == Measure.incident_key)
    .where(Incident.withdrawn.is_(False), Incident.exercise.is_(False))
)  # fmt: skip
SOME_ENTRIES = ENTRIES.where(among(Measure.incident_key))
TOUCHED = select(IncidentSystem.incident_key, IncidentSystem.system_key).order_by(IncidentSystem.position)
SOME_TOUCHED = TOUCHED.where(among(IncidentSystem.incident_key))
TOUCHED = TOUCHED.where(IncidentSystem.incident_key.in_(select(Measure.incident_key)))


@dataclass(frozen=True)
class MeasureLine:
    """A measure as it stands today. ``cause``: the class that it addresses, else that of its incident."""

    measure: Measure
    incident: Incident
    owner: Body
    cause: Cause
    systems: tuple[System, ...]
    reports: tuple[MeasureReport, ...]
    standing: Standing
    letter: Letter | None


@dataclass(frozen=True)
class MeasureChoices:
    """What each filter offers, with how many measures it has; ``standings`` counts under the other filters."""

    owners: tuple[tuple[Body, int], ...]
    systems: tuple[tuple[System, int], ...]
    causes: tuple[tuple[Cause, int], ...]
    standings: dict[Standing, int]


def list_measures(
    session: Session, filters: MeasureFilters, *, today: date, number: int = 1, size: int = PAGE_SIZE
) -> Page[MeasureLine]:
    """Measures: those late first, by the day that is due, then open ones, then the rest by the newest incident."""
    held = _HELD.of(session)
    standings = held.standings(today)
    found = held.fitting(filters, standings)
    total = found.bit_count()
    nearest, pages, first = bounds(number, total, size)
    ids = [one.key for one in islice(held.listed(found, standings), first, first + size)]
    return Page(tuple(measure_lines(session, ids, today=today)), nearest, pages, total)


def all_measures(session: Session, filters: MeasureFilters, *, today: date) -> Iterator[MeasureLine]:
    """Every measure that fits, a bounded number at a time."""
    held = _HELD.of(session)
    standings = held.standings(today)
    ids = [one.key for one in held.listed(held.fitting(filters, standings), standings)]
    for first in range(0, len(ids), AT_ONCE):
        yield from measure_lines(session, ids[first : first + AT_ONCE], today=today)


def measure_choices(session: Session, filters: MeasureFilters, *, today: date) -> MeasureChoices:
    """The values of each filter that at least one measure has."""
    held = _HELD.of(session)
    owners, systems, causes = (held.split(held.all, facet) for facet in ("owner", "system", "cause"))
    standings = held.standings(today)
    others = held.fitting(replace(filters, state=None), standings)
    return MeasureChoices(
        tuple((body, owners[key]) for key, body in sorted(bodies(session, owners).items())),
        tuple((one, systems[key]) for key, one in every(session, System).items() if key in systems),
        tuple((one, causes[key]) for key, one in every(session, Cause).items() if key in causes),
        {one: (others & bits).bit_count() for one, bits in standings.items()},
    )


def measure_lines(session: Session, ids: Sequence[str], *, today: date) -> list[MeasureLine]:
    """The measures of these ids with what a list shows of them, in the same order."""
    entries = {one: entry for one in ids if (entry := _HELD.of(session).entry(one)) is not None}
    measures = {one.id: one for one in MEASURES.of(session, keys=entries)} if entries else {}
    incidents = {one.key: one for one in INCIDENTS.of(session, keys={one.incident for one in entries.values()})}
    owners = bodies(session, [one.owner_key for one in measures.values()])
    letters = {one.letter_key for one in measures.values() if one.letter_key}
    asked = {one.key: one for one in LETTERS.of(session, keys=letters)} if letters else {}
    reports: dict[str, list[MeasureReport]] = {}
    for report in REPORTS.of(session, keys=measures) if measures else ():
        reports.setdefault(report.measure_id, []).append(report)
    causes, systems = every(session, Cause), every(session, System)
    return [
        MeasureLine(
            measure,
            incidents[measure.incident_key],
            owners[measure.owner_key],
            causes[measure.cause_key or incidents[measure.incident_key].cause_key],
            tuple(systems[key] for key in entry.systems),
            tuple(reports.get(measure.id, ())),
            standing(measure.status, measure.due_on, today=today),
            asked.get(measure.letter_key or ""),
        )
        for one, entry in entries.items()
        if (measure := measures.get(one)) is not None  # what is held may be a moment ahead
    ]


def stands(state: Standing, today: date) -> ColumnElement[bool]:
    """:func:`content.rules.measures.standing` as a condition."""
    going_on = Measure.status.in_(GOING_ON)
    late = and_(Measure.due_on.is_not(None), Measure.due_on < today)
    return {
        Standing.LATE: and_(going_on, late),
        Standing.OPEN: and_(going_on, or_(Measure.due_on.is_(None), Measure.due_on >= today)),
        Standing.DONE: Measure.status == MeasureStatus.DONE,
        Standing.DROPPED: Measure.status == MeasureStatus.DROPPED,
        Standing.UNKNOWN: Measure.status == MeasureStatus.UNKNOWN,
    }[state]


def _read(session: Session) -> Measures:
    return Measures.of(_entries(session, ENTRIES, TOUCHED))


def _renew(session: Session, held: Measures, keys: Collection[str]) -> Measures:
    changed: dict[str, MeasureEntry | None] = {one: None for key in keys for one in held.by_incident.get(key, ())}
    wanted = sorted(keys)
    for first in range(0, len(wanted), AT_ONCE):
        some = {"keys": wanted[first : first + AT_ONCE]}
        changed |= {one.key: one for one in _entries(session, SOME_ENTRIES, SOME_TOUCHED, **some)}
    return held.changed(changed)


_HELD = Held(_read, _renew)


def _entries(session: Session, measures: Any, touched: Any, **some: Any) -> Iterator[MeasureEntry]:
    """The measures of incidents that are shown and were no drill."""
    systems: dict[str, tuple[str, ...]] = {}
    for key, system in ask(session, touched, **some):
        systems[key] = (*systems.get(key, ()), system)
    for row in ask(session, measures, **some):
        key, incident, position, day, owner, cause, status, due_on = row
        yield MeasureEntry(key, incident, position, day, owner, cause, status, due_on, systems.get(incident, ()))
