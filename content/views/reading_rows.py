"""What two bulletins make of an incident, value by value, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.scales import Cause, Severity
from content.models.systems import System
from content.queries.names import areas
from content.rules.archive.kinds import CauseStatus, IncidentState
from content.rules.writing import WrittenIncident
from content.views.words import CAUSE_STATUSES, STATES
from portal.web.language import _, choose, in_japan


@dataclass(frozen=True)
class ReadingRow:
    """``old`` and ``new`` are lists of what was said, for example the names of the systems."""

    label: str
    old: tuple[str, ...]
    new: tuple[str, ...]


def reading_rows(session: Session, old: WrittenIncident | None, new: WrittenIncident | None) -> list[ReadingRow]:
    """Only what differs; nothing where either bulletin was put together from sources and reads nothing."""
    if old is None or new is None:
        return []
    before, after = _said(session, old), _said(session, new)
    return [ReadingRow(label, said, after[label]) for label, said in before.items() if said != after[label]]


def _said(session: Session, one: WrittenIncident) -> dict[str, tuple[str, ...]]:
    cause, severity = session.get(Cause, one.cause_key), session.get(Severity, one.severity)
    systems = {row.key: row for row in session.scalars(select(System).where(System.key.in_(one.systems)))}
    named = areas(session, one.areas)
    planned = (one.planned_from, one.planned_until)
    return {
        _("Title"): (choose(one, "title"),),
        _("State"): (str(STATES[IncidentState(one.state)][0]),),
        _("Severity"): (choose(severity, "name") if severity else str(one.severity),),
        _("Cause"): (choose(cause, "name") if cause else one.cause_key,),
        _("How sure the cause is"): (str(CAUSE_STATUSES[CauseStatus(one.cause_status)]),),
        _("When"): _some(choose(one, "occurred_text"), one.occurred_on, one.occurred_until),
        _("Planned"): tuple(in_japan(at).strftime("%Y-%m-%d %H:%M") for at in planned if at),
        _("Systems"): tuple(choose(systems[key], "name") for key in one.systems if key in systems),
        _("Where"): tuple(choose(named[code], "name") for code in one.areas),
    }


def _some(*values: Any) -> tuple[str, ...]:
    return tuple(str(value) for value in values if value)
