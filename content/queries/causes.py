"""The published list of cause classes with what it is mapped to, and how many incidents each has."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.models.incidents import Incident
from content.models.scales import Cause
from content.rules.archive.kinds import CauseStatus, IncidentKind


@dataclass(frozen=True)
class CauseLine:
    """A class with its incidents (drills, maintenance and what was withdrawn left out), by how sure the cause is."""

    cause: Cause
    total: int
    by_status: dict[str, int]


def causes(session: Session) -> list[CauseLine]:
    """All classes in the order of the list."""
    rows = session.execute(
        select(Incident.cause_key, Incident.cause_status, func.count())
        .where(Incident.withdrawn.is_(False), Incident.exercise.is_(False), Incident.kind == IncidentKind.INCIDENT)
        .group_by(Incident.cause_key, Incident.cause_status)
    )
    counts = {(row[0], row[1]): int(row[2]) for row in rows}
    found = []
    for cause in session.scalars(select(Cause).order_by(Cause.position)):
        by_status = {str(one): counts.get((cause.key, one), 0) for one in CauseStatus}
        found.append(CauseLine(cause, sum(by_status.values()), by_status))
    return found
