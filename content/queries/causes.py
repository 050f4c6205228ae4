"""The published list of cause classes with what it is mapped to, and how many incidents each has."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.scales import Cause
from content.queries.incident_shelf import shelf
from content.rules.archive.kinds import CauseStatus, IncidentKind
from content.rules.filters import Filters


@dataclass(frozen=True)
class CauseLine:
    """A class with its incidents (drills, maintenance and what was withdrawn left out), by how sure the cause is."""

    cause: Cause
    total: int
    by_status: dict[str, int]


def causes(session: Session) -> list[CauseLine]:
    """All classes in the order of the list."""
    held = shelf(session)
    counted = held.fitting(Filters(kind=IncidentKind.INCIDENT, exercise=False))
    found = []
    for cause in session.scalars(select(Cause).order_by(Cause.position)):
        of_cause = counted & held.having("cause", cause.key)
        by_status = {str(one): (of_cause & held.having("cause_status", one)).bit_count() for one in CauseStatus}
        found.append(CauseLine(cause, sum(by_status.values()), by_status))
    return found
