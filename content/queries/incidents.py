"""Lists of incidents, with filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, extract, func, select
from sqlalchemy.orm import Session

from content.models.bulletins import Bulletin, Fact
from content.models.incidents import Incident, IncidentArea, IncidentSystem
from content.models.scales import Cause, Severity
from content.models.systems import System
from content.queries.pages import Page, bounds
from content.rules.archive.kinds import FactField, IncidentState
from content.rules.areas import COUNTRY

PAGE_SIZE = 20
COUNTED = (
    FactField.AFFECTED_CARDS,
    FactField.AFFECTED_HOUSEHOLDS,
    FactField.AFFECTED_PERSONS,
    FactField.AFFECTED_MUNICIPALITIES,
    FactField.AFFECTED_ITEMS,
    FactField.OCCURRENCES,
)


@dataclass(frozen=True)
class Filters:
    """What a reader asked for; None: anything."""

    system: str | None = None
    year: int | None = None
    cause: str | None = None

    @property
    def any(self) -> bool:
        return bool(self.system or self.year or self.cause)


@dataclass(frozen=True)
class Line:
    """An incident in a list. ``effect`` is the number that says most about how far it reached, if any is known."""

    incident: Incident
    systems: tuple[System, ...]
    cause: Cause
    severity: Severity
    latest: Bulletin
    effect: Fact | None


@dataclass(frozen=True)
class Choice:
    """A value of a filter, with how many incidents have it. ``item`` carries its names; a year has none."""

    value: str
    count: int
    item: System | Cause | None = None


def list_incidents(session: Session, filters: Filters, *, number: int = 1, size: int = PAGE_SIZE) -> Page[Line]:
    """Incidents, the latest first."""
    total = session.scalar(_filtered(select(func.count()).select_from(Incident), filters)) or 0
    nearest, pages, first = bounds(number, total, size)
    query = _filtered(select(Incident), filters).order_by(Incident.sort_on.desc(), Incident.key)
    found = session.scalars(query.limit(size).offset(first)).all()
    return Page(tuple(lines(session, found)), nearest, pages, total)


def latest(session: Session, count: int) -> list[Line]:
    """The incidents about which something was said last; of the same day, the more serious first."""
    said = select(func.coalesce(func.max(Bulletin.day), Incident.sort_on))
    newest = said.where(Bulletin.incident_key == Incident.key).scalar_subquery()
    query = select(Incident).order_by(newest.desc(), Incident.severity.desc(), Incident.sort_on.desc(), Incident.key)
    return lines(session, session.scalars(query.limit(count)).all())


def lines(session: Session, incidents: Sequence[Incident]) -> list[Line]:
    """Incidents with what a list shows of them, in the same order."""
    keys = [incident.key for incident in incidents]
    causes = {cause.key: cause for cause in session.scalars(select(Cause))}
    severities = {severity.level: severity for severity in session.scalars(select(Severity))}
    systems: dict[str, list[System]] = {}
    touched = select(IncidentSystem.incident_key, System).join(System, System.key == IncidentSystem.system_key)
    touched = touched.where(IncidentSystem.incident_key.in_(keys)).order_by(IncidentSystem.position)
    for key, system in session.execute(touched):
        systems.setdefault(key, []).append(system)
    last_ids = [f"{incident.key}/{incident.last_number}" for incident in incidents]
    last = {b.incident_key: b for b in session.scalars(select(Bulletin).where(Bulletin.id.in_(last_ids)))}
    effects = _effects(session, keys)
    return [
        Line(
            incident=incident,
            systems=tuple(systems.get(incident.key, ())),
            cause=causes[incident.cause_key],
            severity=severities[incident.severity],
            latest=last[incident.key],
            effect=effects.get(incident.key),
        )
        for incident in incidents
    ]


def _effects(session: Session, keys: Sequence[str]) -> dict[str, Fact]:
    """The weightiest number of each incident: by the order of COUNTED, then the latest bulletin's.

    Only numbers for an area of the incident itself: one city's count says little of a nationwide incident.
    """
    own_area = (IncidentArea.incident_key == Bulletin.incident_key) & (IncidentArea.area == Fact.area)
    query = select(Bulletin.incident_key, Bulletin.number, Fact).join(Bulletin, Bulletin.id == Fact.bulletin_id)
    query = query.join(IncidentArea, own_area)
    query = query.where(Bulletin.incident_key.in_(keys), Fact.field.in_(COUNTED), Fact.number.is_not(None))
    nationwide = set(
        session.scalars(
            select(IncidentArea.incident_key).where(IncidentArea.area == COUNTRY, IncidentArea.incident_key.in_(keys))
        )
    )
    best: dict[str, tuple[tuple[int, int, float], Fact]] = {}
    for key, number, fact in session.execute(query):
        if key in nationwide and fact.area != COUNTRY:
            continue
        rank = (-COUNTED.index(FactField(fact.field)), number, fact.number or 0)
        if key not in best or rank > best[key][0]:
            best[key] = (rank, fact)
    return {key: fact for key, (_rank, fact) in best.items()}


def _filtered(query: Select[Any], filters: Filters) -> Select[Any]:
    if filters.system:
        touched = select(IncidentSystem.incident_key).where(IncidentSystem.system_key == filters.system)
        query = query.where(Incident.key.in_(touched))
    if filters.year:
        first, after = date(filters.year, 1, 1), date(filters.year + 1, 1, 1)
        query = query.where(Incident.sort_on >= first, Incident.sort_on < after)
    if filters.cause:
        query = query.where(Incident.cause_key == filters.cause)
    return query


def choices(session: Session) -> dict[str, list[Choice]]:
    """The values of each filter that at least one incident has."""
    touching = select(IncidentSystem.system_key, func.count().label("n")).group_by(IncidentSystem.system_key).subquery()
    systems = select(System, touching.c.n).join(touching, touching.c.system_key == System.key).order_by(System.position)
    classed = select(Incident.cause_key, func.count().label("n")).group_by(Incident.cause_key).subquery()
    causes = select(Cause, classed.c.n).join(classed, classed.c.cause_key == Cause.key).order_by(Cause.position)
    year = extract("year", Incident.sort_on)
    years = select(year, func.count()).group_by(year).order_by(year.desc())
    return {
        "system": [Choice(system.key, count, system) for system, count in session.execute(systems)],
        "year": [Choice(str(int(value)), count) for value, count in session.execute(years)],
        "cause": [Choice(c.key, count, c) for c, count in session.execute(causes)],
    }


def count(session: Session) -> int:
    """How many incidents the record has."""
    return session.scalar(select(func.count()).select_from(Incident)) or 0


def open_ones(session: Session) -> list[Line]:
    """Incidents that are not over, drills left out."""
    query = select(Incident).where(Incident.state == IncidentState.OPEN, Incident.exercise.is_(False))
    return lines(session, session.scalars(query.order_by(Incident.sort_on.desc())).all())
