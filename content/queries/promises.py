"""Promises of a further bulletin that were not kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.incidents import Incident
from content.queries import revision
from content.rules.archive.kinds import IncidentState


def missed(session: Session, incident: Incident) -> bool:
    """Whether the public record says that the promise was missed: it was changed after the promised moment.

    Public pages depend on the record and the day alone, not on the time at which they are read.
    """
    promised = incident.next_update_at
    if promised is None or incident.state == IncidentState.CLOSED:
        return False
    current = revision.current(session)
    return current is not None and current.changed_at >= promised


def overdue(session: Session, now: datetime) -> list[Incident]:
    """Incidents about which something was promised until before ``now``, the longest overdue first."""
    query = select(Incident).where(
        Incident.next_update_at < now, Incident.withdrawn.is_(False), Incident.state != IncidentState.CLOSED
    )
    return list(session.scalars(query.order_by(Incident.next_update_at)))
