"""Turn the pages when what is stated of now becomes something else without a new bulletin.

A window of maintenance begins and ends, and a status may be announced for a later time: at each such time the public
record counts as changed, so that pages which say how things are now are made anew.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.bulletins import StatedStatus
from content.models.incidents import Incident, IncidentSystem
from content.operations.public_change import public_changed, record_key
from content.rules.owners import Owner
from portal.core import jobs

TURN = "content.live_turn"


def watch_turns(session: Session, key: str, *, at: datetime) -> None:
    """Enqueue a turn for each time to come that the bulletins of an incident name."""
    incident = session.get_one(Incident, key)
    said = session.scalars(select(StatedStatus.since_at).where(StatedStatus.incident_key == key))
    for instant in sorted({*said, *filter(None, (incident.planned_from, incident.planned_until))}):
        if instant > at:
            jobs.enqueue(session, TURN, due_at=instant, key=f"{TURN}@{key}@{instant.timestamp():.0f}", incident=key)


def turn(session: Session, key: str, *, now: datetime) -> None:
    """The time has come; also when meanwhile another was announced, or nothing is left to turn."""
    if session.get(Incident, key) is None:
        return
    touched = select(IncidentSystem.system_key).where(IncidentSystem.incident_key == key)
    systems = [record_key(Owner.SYSTEM, system) for system in session.scalars(touched)]
    public_changed(session, [record_key(Owner.INCIDENT, key), *systems], at=now, alone=True)
