"""How systems work now, and what their bulletins state over time; drills and what was withdrawn never count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, Select, exists, inspect, select, union_all
from sqlalchemy.orm import Session

from content.models.bulletins import Bulletin, StatedStatus, Withdrawal
from content.models.incidents import Incident, IncidentArea, IncidentSystem, IncidentTimes
from content.models.systems import Component, Dependency, System
from content.queries.names import Area, areas
from content.queries.vocabulary import every
from content.rules import live
from content.rules.archive.kinds import IncidentKind, IncidentState, ServiceStatus
from content.rules.live import Course, Plan, Row, Stated
from content.rules.moments import instant

OVER = (IncidentState.CLOSED, IncidentState.RECOVERED)
GOING_ON = (IncidentState.OPEN, IncidentState.PLANNED)
# More incidents than these are not named one by one to the database.
MANY = 500


@dataclass(frozen=True)
class Live:
    """A system at an instant. ``needing``: systems that it needs and that do not operate, with how they are."""

    status: ServiceStatus
    rows: tuple[Row, ...]
    needing: tuple[tuple[System, ServiceStatus], ...]
    components: tuple[tuple[Component, ServiceStatus], ...]


@dataclass(frozen=True)
class LiveStates:
    """Every system by key, with the incidents and areas that the rows name."""

    systems: dict[str, Live]
    incidents: dict[str, Incident]
    areas: dict[str, Area]
    component_names: dict[str, Component]


def live_states(session: Session, *, at: datetime) -> LiveStates:
    """How every system works at an instant."""
    systems = {system.key: system for system in every(session, System).values()}
    found = courses(session, going_on=True)
    components: dict[str, list[Component]] = {}
    for part in every(session, Component).values():
        components.setdefault(part.system_key, []).append(part)
    needs: dict[str, list[str]] = {}
    for one in session.scalars(select(Dependency).order_by(Dependency.needs_key)):
        needs.setdefault(one.system_key, []).append(one.needs_key)
    rows = {key: live.rows(found.get(key, ()), at) for key in systems}
    status = {key: live.worst(row.status for row in rows[key]) for key in systems}
    states = {}
    for key in systems:
        ill = [(systems[n], status[n]) for n in live.all_needs(key, needs) if status[n] is not ServiceStatus.OPERATING]
        parts = [
            (part, live.worst(row.status for row in rows[key] if row.component in (None, part.key)))
            for part in components.get(key, ())
        ]
        states[key] = Live(status[key], tuple(rows[key]), tuple(ill), tuple(parts))
    named = {row.incident for of in rows.values() for row in of}
    incidents = {one.key: one for one in session.scalars(select(Incident).where(Incident.key.in_(named)))}
    names = areas(session, {row.area for of in rows.values() for row in of})
    by_key = {part.key: part for of_system in components.values() for part in of_system}
    return LiveStates(states, incidents, names, by_key)


def courses(
    session: Session, *, system: str | None = None, going_on: bool = False, since: datetime | None = None
) -> dict[str, list[Course]]:
    """What incidents state, by system: of one system, or of those incidents that may go on now.

    ``since``: those that were over by then may be left out.
    """
    query = select(Incident.key, Incident.kind, Incident.state, Incident.planned_from, Incident.planned_until)
    query = query.where(Incident.exercise.is_(False), Incident.withdrawn.is_(False))
    if system:
        stated = select(StatedStatus.incident_key).where(StatedStatus.system_key == system)
        planned = select(Incident.key).join(IncidentSystem, IncidentSystem.incident_key == Incident.key)
        planned = planned.where(IncidentSystem.system_key == system, Incident.kind == IncidentKind.MAINTENANCE)
        query = query.where(Incident.key.in_(stated.union(planned)))
    else:
        speaks = exists().where(StatedStatus.incident_key == Incident.key)
        query = query.where(speaks | (Incident.kind == IncidentKind.MAINTENANCE))
    if going_on:
        query = query.where(Incident.state.in_(GOING_ON))
    if since:
        query = query.where(Incident.key.in_(_may_last(since)))
    incidents = {one.key: one for one in session.execute(query.order_by(Incident.key))}
    keys = list(incidents) if len(incidents) <= MANY else query.with_only_columns(Incident.key)
    said = _statements(session, keys, system)
    _add_plans(session, incidents, said, system)
    ends = _ends(session, incidents, keys, said)
    found: dict[str, list[Course]] = {}
    for (incident, of_system), statements in said.items():
        found.setdefault(of_system, []).append(Course(incident, tuple(statements), ends[incident]))
    return found


def _may_last(since: datetime) -> CompoundSelect[Any]:
    """The incidents that may have counted after an instant, and others.

    A bulletin put together from sources tells of its day at the latest, so that one day covers its end.
    """
    going_on = select(Incident.key).where(Incident.state.in_(GOING_ON))
    planned = select(Incident.key).where(Incident.planned_until > since)
    changed = select(Incident.key).where(Incident.changed_at > since - timedelta(days=1))
    named = select(StatedStatus.incident_key).where(StatedStatus.since_at > since)
    recovered = select(IncidentTimes.incident_key).where(IncidentTimes.recovered_at > since)
    return union_all(going_on, planned, changed, named, recovered)


Said = dict[tuple[str, str], list[Stated]]
Keys = list[str] | Select[Any]


def _statements(session: Session, keys: Keys, system: str | None) -> Said:
    query = (
        select(*inspect(StatedStatus).local_table.columns, Bulletin.number)
        .join(Bulletin, Bulletin.id == StatedStatus.bulletin_id)
        .where(StatedStatus.incident_key.in_(keys), StatedStatus.bulletin_id.not_in(select(Withdrawal.bulletin_id)))
    )
    if system:
        query = query.where(StatedStatus.system_key == system)
    said: Said = {}
    for one in session.execute(query.order_by(StatedStatus.incident_key, Bulletin.number)):
        status = ServiceStatus(one.status)
        stated = Stated(one.number, one.position, one.component_key, one.area, status, one.since_at)
        said.setdefault((one.incident_key, one.system_key), []).append(stated)
    return said


def _add_plans(session: Session, incidents: dict[str, Any], said: Said, system: str | None) -> None:
    """Announced maintenance counts for its window, also where no bulletin states a status."""
    planned = [one for one in incidents.values() if one.kind == IncidentKind.MAINTENANCE and one.planned_from]
    if not planned:
        return
    keys = [one.key for one in planned]
    systems: dict[str, list[str]] = {}
    for touched in session.scalars(select(IncidentSystem).where(IncidentSystem.incident_key.in_(keys))):
        systems.setdefault(touched.incident_key, []).append(touched.system_key)
    places: dict[str, list[str]] = {}
    for place in session.scalars(select(IncidentArea).where(IncidentArea.incident_key.in_(keys))):
        places.setdefault(place.incident_key, []).append(place.area)
    for one in planned:
        for key in systems.get(one.key, ()):
            if (system and key != system) or (one.key, key) in said or one.planned_from is None:
                continue
            said[one.key, key] = [
                Stated(0, position, None, area, ServiceStatus.MAINTENANCE, one.planned_from)
                for position, area in enumerate(places.get(one.key, ()), 1)
            ]


def _ends(session: Session, incidents: dict[str, Any], keys: Keys, said: Said) -> dict[str, datetime | None]:
    times = select(IncidentTimes.incident_key, IncidentTimes.recovered_at)
    times = times.where(IncidentTimes.incident_key.in_(keys), IncidentTimes.recovered_exact)
    recovered = {row[0]: row[1] for row in session.execute(times)}
    last: dict[str, datetime] = {}
    for (key, _system), statements in said.items():
        last[key] = max(*(one.since for one in statements), last.get(key, statements[0].since))
    closed = _closed(session, keys)
    ends = {}
    for key in last:
        one = incidents[key]
        plan = Plan(one.planned_from, one.planned_until) if one.planned_from and one.planned_until else None
        end = live.ends_at(
            one.state, plan=plan, recovered_at=recovered.get(key), closed_at=closed.get(key), last=last[key]
        )
        if plan and one.state in OVER and key not in recovered and key not in closed:
            end = max(plan.planned_until, last[key])
        ends[key] = end
    return ends


def _closed(session: Session, keys: Keys) -> dict[str, datetime]:
    """When each incident was first said to be over by the bulletins that say so without a break until the last."""
    query = select(
        Bulletin.incident_key, Bulletin.state, Bulletin.final, Bulletin.written_by, Bulletin.day, Bulletin.published_at
    ).where(
        Bulletin.incident_key.in_(keys),
        Bulletin.state.is_not(None) | Bulletin.final,
        Bulletin.id.not_in(select(Withdrawal.bulletin_id)),
    )
    found: dict[str, datetime] = {}
    for one in session.execute(query.order_by(Bulletin.incident_key, Bulletin.number)):
        if one.state in OVER or one.final:
            found.setdefault(one.incident_key, _said_at(one))
        else:
            found.pop(one.incident_key, None)
    return found


def _said_at(bulletin: Any) -> datetime:
    """When a bulletin went out; of one put together from sources, the end of its day."""
    if bulletin.written_by is not None or bulletin.day is None:
        published: datetime = bulletin.published_at
        return published
    return instant(bulletin.day, time.max)
