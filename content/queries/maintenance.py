"""Planned maintenance: what is announced, and all of it for calendars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.models.bulletins import Bulletin, Withdrawal
from content.models.incidents import Incident, IncidentArea, IncidentSystem
from content.models.systems import System
from content.queries.incident_rows import INCIDENTS
from content.queries.incident_shelf import shelf
from content.queries.names import Area, areas
from content.rules.archive.kinds import IncidentKind, IncidentState
from content.rules.filters import Filters
from portal.core.errors import NotFound

# A calendar that looks once a quarter still learns that something was called off.
CALENDAR_KEEPS = timedelta(days=100)
MOST = 500


@dataclass(frozen=True)
class Planned:
    """One maintenance. ``sequence`` grows with each bulletin and each withdrawal of one."""

    incident: Incident
    systems: tuple[System, ...]
    areas: tuple[Area, ...]
    sequence: int
    changed_at: datetime


def planned(session: Session, *, at: datetime, system: str | None = None) -> list[Planned]:
    """What is announced or going on, the next first; drills and what was withdrawn are left out."""
    held, found = shelf(session), 0
    for state in (IncidentState.PLANNED, IncidentState.OPEN):
        found |= held.fitting(Filters(system=system, kind=IncidentKind.MAINTENANCE, state=state, exercise=False))
    keys = [entry.key for entry in held.each(found)]
    announced = [
        one
        for one in (INCIDENTS.of(session, keys=keys) if keys else ())
        if one.state == IncidentState.OPEN or (one.planned_until is not None and one.planned_until > at)
    ]
    announced.sort(key=lambda one: (one.planned_from or at, one.key))
    return _filled(session, announced[:MOST])


def for_calendars(session: Session, *, at: datetime) -> list[Planned]:
    """What a calendar that subscribes is told: the last months and everything to come, what was called off included."""
    query = select(Incident).where(
        Incident.kind == IncidentKind.MAINTENANCE,
        Incident.exercise.is_(False),
        Incident.planned_until > at - CALENDAR_KEEPS,
    )
    found = session.scalars(query.order_by(Incident.planned_from.desc(), Incident.key).limit(MOST)).all()
    return _filled(session, found)


def one(session: Session, key: str) -> Planned:
    """One maintenance, also when it was withdrawn; raises NotFound."""
    incident = session.get(Incident, key)
    if incident is None or incident.kind != IncidentKind.MAINTENANCE:
        raise NotFound
    return _filled(session, [incident])[0]


def _filled(session: Session, incidents: Sequence[Incident]) -> list[Planned]:
    if not incidents:
        return []
    keys = [incident.key for incident in incidents]
    systems: dict[str, list[System]] = {}
    touched = select(IncidentSystem.incident_key, System).join(System, System.key == IncidentSystem.system_key)
    touched = touched.where(IncidentSystem.incident_key.in_(keys)).order_by(IncidentSystem.position)
    for key, system in session.execute(touched):
        systems.setdefault(key, []).append(system)
    places: dict[str, list[str]] = {}
    query = select(IncidentArea).where(IncidentArea.incident_key.in_(keys)).order_by(IncidentArea.position)
    for place in session.scalars(query):
        places.setdefault(place.incident_key, []).append(place.area)
    names = areas(session, {code for codes in places.values() for code in codes})
    rows = select(Bulletin.incident_key, func.max(Bulletin.published_at)).where(Bulletin.incident_key.in_(keys))
    said = {row[0]: row[1] for row in session.execute(rows.group_by(Bulletin.incident_key))}
    back = select(Withdrawal.incident_key, func.count(), func.max(Withdrawal.withdrawn_at))
    back = back.where(Withdrawal.incident_key.in_(keys)).group_by(Withdrawal.incident_key)
    withdrawn = {row[0]: (int(row[1]), row[2]) for row in session.execute(back)}
    found = []
    for incident in incidents:
        times, last = withdrawn.get(incident.key, (0, said[incident.key]))
        found.append(
            Planned(
                incident,
                tuple(systems.get(incident.key, ())),
                tuple(names[code] for code in places.get(incident.key, ())),
                incident.last_number - 1 + times,
                max(last, said[incident.key]),
            )
        )
    return found
