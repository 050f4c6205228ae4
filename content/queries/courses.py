"""What the statements of bulletins make of each incident over time, by system, kept in this process."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, TypeVar

from sqlalchemy import exists, inspect, select
from sqlalchemy.orm import Session

from content.models.bulletins import Bulletin, StatedStatus, Withdrawal
from content.models.incidents import Incident, IncidentArea, IncidentSystem, IncidentTimes
from content.queries.held import Held
from content.queries.rows import Asked
from content.rules import live
from content.rules.archive.kinds import IncidentKind, IncidentState, ServiceStatus
from content.rules.live import Course, Plan, Stated
from content.rules.moments import instant

Thing = TypeVar("Thing")
OVER = (IncidentState.CLOSED, IncidentState.RECOVERED)
AT_ONCE = 500


_SPEAKS = exists().where(StatedStatus.incident_key == Incident.key)
_COUNTED = (
    Incident.exercise.is_(False),
    Incident.withdrawn.is_(False),
    _SPEAKS | (Incident.kind == IncidentKind.MAINTENANCE),
)
_KEYS = select(Incident.key).where(*_COUNTED)
_GONE = select(Withdrawal.bulletin_id)
INCIDENTS = Asked(
    select(Incident.key, Incident.kind, Incident.state, Incident.planned_from, Incident.planned_until)
    .where(*_COUNTED)
    .order_by(Incident.key),
    Incident.key,
)
STATUSES = Asked(
    select(*inspect(StatedStatus).local_table.columns, Bulletin.number)
    .join(Bulletin, Bulletin.id == StatedStatus.bulletin_id)
    .where(StatedStatus.bulletin_id.not_in(_GONE))
    .order_by(StatedStatus.incident_key, Bulletin.number),
    StatedStatus.incident_key,
    within=_KEYS,
)
RECOVERED = Asked(
    select(IncidentTimes.incident_key, IncidentTimes.recovered_at).where(IncidentTimes.recovered_exact),
    IncidentTimes.incident_key,
    within=_KEYS,
)
TOLD = Asked(
    select(
        Bulletin.incident_key, Bulletin.state, Bulletin.final, Bulletin.written_by, Bulletin.day, Bulletin.published_at
    )
    .where(Bulletin.state.is_not(None) | Bulletin.final, Bulletin.id.not_in(_GONE))
    .order_by(Bulletin.incident_key, Bulletin.number),
    Bulletin.incident_key,
    within=_KEYS,
)


@dataclass(frozen=True)
class Courses:
    """Of all incidents that state something of a system, and of announced maintenance: by incident and by system.

    Drills and what was withdrawn are left out. Never changed once made.
    """

    by_incident: Mapping[str, Mapping[str, Course]] = field(default_factory=dict)
    by_system: Mapping[str, Mapping[str, Course]] = field(default_factory=dict)

    def changed(self, keys: Collection[str], found: Mapping[str, Mapping[str, Course]]) -> Courses:
        """With the incidents ``keys`` as they are now found; those not found state nothing any more."""
        changed = {key for key in keys if self.by_incident.get(key, {}) != found.get(key, {})}
        if not changed:
            return self
        by_incident = _with(self.by_incident, changed, found)
        by_system = dict(self.by_system)
        for system in {one for key in changed for side in (self.by_incident, found) for one in side.get(key, ())}:
            stated = {key: found[key][system] for key in changed if system in found.get(key, ())}
            by_system[system] = _with(self.by_system.get(system, {}), changed, stated)
        return Courses(by_incident, by_system)


def _with(held: Mapping[str, Thing], keys: Collection[str], found: Mapping[str, Thing]) -> dict[str, Thing]:
    """What is held, with ``keys`` as they are found. A copy as a whole costs a tenth of looking at each."""
    made = dict(held)
    for key in keys:
        if key in found:
            made[key] = found[key]
        else:
            made.pop(key, None)
    return made


def courses(session: Session) -> Courses:
    """As of this session's view of the record."""
    return _HELD.of(session)


def _read(session: Session) -> Courses:
    found = _found(session, None)
    return Courses().changed(found, found)


def _renew(session: Session, held: Courses, keys: Collection[str]) -> Courses:
    wanted, found = sorted(keys), dict[str, dict[str, Course]]()
    for first in range(0, len(wanted), AT_ONCE):
        found |= _found(session, wanted[first : first + AT_ONCE])
    return held.changed(set(keys), found)


_HELD = Held(_read, _renew)


def _found(session: Session, of: Collection[str] | None) -> dict[str, dict[str, Course]]:
    """The courses of these incidents, or of all, by incident and system."""
    incidents = {one.key: one for one in INCIDENTS.of(session, of)}
    if not incidents:
        return {}
    keys = None if of is None else list(incidents)
    said = _statements(session, keys)
    _add_plans(session, incidents, said)
    ends = _ends(session, incidents, keys, said)
    found: dict[str, dict[str, Course]] = {}
    for (incident, system), statements in said.items():
        found.setdefault(incident, {})[system] = Course(incident, tuple(statements), ends[incident])
    return found


Said = dict[tuple[str, str], list[Stated]]
Keys = list[str] | None  # None: all


def _statements(session: Session, keys: Keys) -> Said:
    said: Said = {}
    for one in STATUSES.of(session, keys):
        status = ServiceStatus(one.status)
        stated = Stated(one.number, one.position, one.component_key, one.area, status, one.since_at)
        said.setdefault((one.incident_key, one.system_key), []).append(stated)
    return said


def _add_plans(session: Session, incidents: dict[str, Any], said: Said) -> None:
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
            if (one.key, key) in said or one.planned_from is None:
                continue
            said[one.key, key] = [
                Stated(0, position, None, area, ServiceStatus.MAINTENANCE, one.planned_from)
                for position, area in enumerate(places.get(one.key, ()), 1)
            ]


def _ends(session: Session, incidents: dict[str, Any], keys: Keys, said: Said) -> dict[str, datetime | None]:
    recovered = {row[0]: row[1] for row in RECOVERED.of(session, keys)}
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
    found: dict[str, datetime] = {}
    for one in TOLD.of(session, keys):
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
