"""Promises of a further bulletin: when the moment has come and nothing was said, the public pages say so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from content.models.bulletins import Bulletin
from content.models.incidents import Incident
from content.operations.public_change import public_changed, record_key
from content.rules.owners import Owner
from portal.core import jobs

PROMISE_DUE = "content.promise_due"


def watch(session: Session, bulletin: Bulletin) -> None:
    """Have somebody look at the moment that the bulletin promises."""
    if bulletin.next_update_at is not None:
        key = f"{PROMISE_DUE}:{bulletin.id}"
        jobs.enqueue(session, PROMISE_DUE, due_at=bulletin.next_update_at, key=key, incident=bulletin.incident_key)


def look_at_promise(session: Session, incident_key: str, *, now: datetime) -> None:
    """Let the incident's pages be made anew where a promise has passed; nothing happens where it was kept.

    Pages depend on the record alone: a promise counts as missed once the record was changed after its moment.
    """
    incident = session.get(Incident, incident_key)
    if incident is None or incident.next_update_at is None or incident.next_update_at > now:
        return
    public_changed(session, [record_key(Owner.INCIDENT, incident_key)], at=now, alone=True)
