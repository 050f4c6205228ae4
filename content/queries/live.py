"""How systems work now, as their bulletins state it; drills and what was withdrawn never count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from content.models.incidents import Incident
from content.models.systems import Component, System
from content.queries.courses import courses
from content.queries.incident_rows import INCIDENTS
from content.queries.incident_shelf import shelf
from content.queries.names import Area, areas
from content.queries.vocabulary import every, needs
from content.rules import live
from content.rules.archive.kinds import IncidentState, ServiceStatus
from content.rules.filters import Filters, Sort
from content.rules.live import Course, Row

GOING_ON = (IncidentState.OPEN, IncidentState.PLANNED)


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
    stated, held = courses(session).by_incident, shelf(session)
    going_on = [key for state in GOING_ON for key in held.keys(Filters(state=state), Sort.OLDEST)]
    found: dict[str, list[Course]] = {}
    for incident in going_on:
        for of_system, course in stated.get(incident, {}).items():
            found.setdefault(of_system, []).append(course)
    components: dict[str, list[Component]] = {}
    for part in every(session, Component).values():
        components.setdefault(part.system_key, []).append(part)
    needed = needs(session)
    rows = {key: live.rows(found.get(key, ()), at) for key in systems}
    status = {key: live.worst(row.status for row in rows[key]) for key in systems}
    states = {}
    for key in systems:
        ill = [(systems[n], status[n]) for n in live.all_needs(key, needed) if status[n] is not ServiceStatus.OPERATING]
        parts = [
            (part, live.worst(row.status for row in rows[key] if row.component in (None, part.key)))
            for part in components.get(key, ())
        ]
        states[key] = Live(status[key], tuple(rows[key]), tuple(ill), tuple(parts))
    named = {row.incident for of in rows.values() for row in of}
    incidents = {one.key: one for one in INCIDENTS.of(session, keys=named)} if named else {}
    names = areas(session, {row.area for of in rows.values() for row in of})
    by_key = {part.key: part for of_system in components.values() for part in of_system}
    return LiveStates(states, incidents, names, by_key)
