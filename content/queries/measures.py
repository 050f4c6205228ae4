"""The public list of measures and promises, with what was reported of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from content.models.bodies import Body
from content.models.incidents import Incident, IncidentSystem
from content.models.letters import Letter
from content.models.measures import Measure, MeasureReport
from content.models.scales import Cause
from content.models.systems import System
from content.queries.pages import Page, bounds
from content.rules.archive.kinds import MeasureStatus
from content.rules.measures import GOING_ON, Standing, standing

PAGE_SIZE = 30
AT_ONCE = 500


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
    total = session.scalar(_filtered(select(func.count()), filters, today)) or 0
    nearest, pages, first = bounds(number, total, size)
    rank = case((stands(Standing.LATE, today), 0), (stands(Standing.OPEN, today), 1), else_=2)
    query = _filtered(select(Measure), filters, today)
    query = query.order_by(
        rank, Measure.due_on.is_(None), Measure.due_on, Incident.sort_on.desc(), Measure.incident_key, Measure.position
    )
    found = session.scalars(query.limit(size).offset(first)).all()
    return Page(tuple(measure_lines(session, found, today=today)), nearest, pages, total)


def all_measures(session: Session, filters: MeasureFilters, *, today: date) -> Iterator[MeasureLine]:
    """Every measure that fits, a bounded number at a time."""
    number, pages = 1, 1
    while number <= pages:
        page = list_measures(session, filters, today=today, number=number, size=AT_ONCE)
        yield from page.items
        number, pages = number + 1, page.pages


def measure_choices(session: Session, filters: MeasureFilters, *, today: date) -> MeasureChoices:
    """The values of each filter that at least one measure has."""
    everything = MeasureFilters()

    def counted(column: Any) -> dict[Any, int]:
        rows = session.execute(_filtered(select(column, func.count()), everything, today).group_by(column))
        return {row[0]: int(row[1]) for row in rows}

    owners, causes = counted(Measure.owner_key), counted(_cause())
    touching = _filtered(select(IncidentSystem.system_key, func.count()), everything, today)
    touching = touching.join(IncidentSystem, IncidentSystem.incident_key == Incident.key)
    systems = {row[0]: int(row[1]) for row in session.execute(touching.group_by(IncidentSystem.system_key))}
    others = MeasureFilters(filters.owner, filters.system, filters.cause)
    standings = {
        one: session.scalar(_filtered(select(func.count()), others, today).where(stands(one, today))) or 0
        for one in Standing
    }
    bodies = session.scalars(select(Body).where(Body.key.in_(owners)).order_by(Body.key))
    return MeasureChoices(
        tuple((body, owners[body.key]) for body in bodies),
        tuple((one, systems[one.key]) for one in session.scalars(select(System).order_by(System.position))
              if one.key in systems),
        tuple((one, causes[one.key]) for one in session.scalars(select(Cause).order_by(Cause.position))
              if one.key in causes),
        standings,
    )  # fmt: skip


def measure_lines(session: Session, measures: Sequence[Measure], *, today: date) -> list[MeasureLine]:
    """Measures with what a list shows of them, in the same order."""
    keys = {measure.incident_key for measure in measures}
    incidents = {one.key: one for one in session.scalars(select(Incident).where(Incident.key.in_(keys)))}
    owners = {
        one.key: one for one in session.scalars(select(Body).where(Body.key.in_({m.owner_key for m in measures})))
    }
    causes = {one.key: one for one in session.scalars(select(Cause))}
    letters = {m.letter_key for m in measures if m.letter_key}
    asked = {one.key: one for one in session.scalars(select(Letter).where(Letter.key.in_(letters)))}
    systems: dict[str, list[System]] = {}
    touched = select(IncidentSystem.incident_key, System).join(System, System.key == IncidentSystem.system_key)
    for key, system in session.execute(
        touched.where(IncidentSystem.incident_key.in_(keys)).order_by(IncidentSystem.position)
    ):
        systems.setdefault(key, []).append(system)
    reports: dict[str, list[MeasureReport]] = {}
    said = select(MeasureReport).where(MeasureReport.measure_id.in_([measure.id for measure in measures]))
    for report in session.scalars(said.order_by(MeasureReport.number)):
        reports.setdefault(report.measure_id, []).append(report)
    return [
        MeasureLine(
            measure,
            incidents[measure.incident_key],
            owners[measure.owner_key],
            causes[measure.cause_key or incidents[measure.incident_key].cause_key],
            tuple(systems.get(measure.incident_key, ())),
            tuple(reports.get(measure.id, ())),
            standing(measure.status, measure.due_on, today=today),
            asked.get(measure.letter_key or ""),
        )
        for measure in measures
    ]


def _cause() -> ColumnElement[str]:
    return func.coalesce(Measure.cause_key, Incident.cause_key)


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


def _filtered(query: Any, filters: MeasureFilters, today: date) -> Any:
    query = query.select_from(Measure).join(Incident, Incident.key == Measure.incident_key)
    query = query.where(Incident.withdrawn.is_(False), Incident.exercise.is_(False))
    if filters.owner:
        query = query.where(Measure.owner_key == filters.owner)
    if filters.system:
        touched = select(IncidentSystem.incident_key).where(IncidentSystem.system_key == filters.system)
        query = query.where(Measure.incident_key.in_(touched))
    if filters.cause:
        query = query.where(_cause() == filters.cause)
    if filters.state:
        query = query.where(stands(filters.state, today))
    return query
