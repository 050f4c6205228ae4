"""Systems, their present state according to this record, and a system's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from content.models.bodies import Body
from content.models.incidents import Incident
from content.models.systems import System
from content.queries.feeds_scope import Scope, filters_of
from content.queries.incident_rows import INCIDENTS
from content.queries.incident_shelf import shelf
from content.queries.incidents import Line, list_incidents
from content.queries.live import Live, LiveStates, live_states
from content.queries.names import Citations, bodies, citations
from content.queries.pages import Page
from content.queries.vocabulary import every, needs
from content.rules.archive.kinds import IncidentState
from content.rules.filters import Filters
from content.rules.owners import Owner
from portal.core.errors import NotFound


@dataclass(frozen=True)
class SystemState:
    """A system with its open incidents (drills left out) and how many incidents the record has of it.

    ``live`` is how it works as its bulletins state it; an open incident may state nothing of that.
    """

    system: System
    operator: Body
    open: tuple[Incident, ...]
    incidents: int
    live: Live

    @property
    def affected(self) -> bool:
        """Whether anything is to be said of it now."""
        return bool(self.open or self.live.rows)


@dataclass(frozen=True)
class SystemPage:
    """``needs``: what it depends on; ``needed_by``: what depends on it."""

    system: System
    operator: Body
    needs: tuple[System, ...]
    needed_by: tuple[System, ...]
    incidents: Page[Line]
    cited: Citations


@dataclass(frozen=True)
class States:
    """All systems at an instant, with the incidents, areas and components that are named."""

    systems: tuple[SystemState, ...]
    now: LiveStates


def states(session: Session, *, at: datetime) -> States:
    """All systems with their state at an instant."""
    now = live_states(session, at=at)
    systems = every(session, System).values()
    held = shelf(session)
    counts = held.split(held.all, "system")
    lasting = list(held.each(held.fitting(Filters(state=IncidentState.OPEN, exercise=False))))
    incidents = {one.key: one for one in INCIDENTS.of(session, keys={one.key for one in lasting})}
    going_on: dict[str, list[Incident]] = {}
    for entry in lasting:
        for key in entry.systems if entry.key in incidents else ():
            going_on.setdefault(key, []).append(incidents[entry.key])
    operators = bodies(session, [system.operator_key for system in systems])
    found = (
        SystemState(s, operators[s.operator_key], tuple(going_on.get(s.key, ())), counts.get(s.key, 0), live)
        for s in systems
        if (live := now.systems.get(s.key))
    )
    return States(tuple(found), now)


def system_page(session: Session, key: str, *, number: int = 1) -> SystemPage:
    """A system's page with one page of its incidents; raises NotFound."""
    known, needed = every(session, System), needs(session)
    system = known.get(key)
    if system is None:
        raise NotFound
    return SystemPage(
        system=system,
        operator=bodies(session, [system.operator_key])[system.operator_key],
        needs=tuple(one for one in known.values() if one.key in needed.get(key, ())),
        needed_by=tuple(one for one in known.values() if key in needed.get(one.key, ())),
        incidents=list_incidents(session, filters_of(Scope.SYSTEM, key), number=number),
        cited=citations(session, Owner.SYSTEM, key),
    )
