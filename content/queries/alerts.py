"""A bulletin as an alert: what it said of the incident, and the messages that came before it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.bulletins import Bulletin, Withdrawal
from content.models.incidents import Incident, IncidentArea
from content.queries.names import Area, areas
from content.rules import numbering
from content.rules.archive.kinds import IncidentKind
from content.rules.writing import WrittenIncident
from portal.core.errors import NotFound


@dataclass(frozen=True)
class Alert:
    """``title_*``, ``state``, ``severity`` and areas are those that the bulletin gave, not today's.

    ``before``: the bulletins before it, the first first, withdrawn ones too: what was sent stays named.
    """

    bulletin: Bulletin
    title_ja: str
    title_en: str
    state: str
    severity: int
    exercise: bool
    maintenance: bool
    areas: tuple[Area, ...]
    before: tuple[Bulletin, ...]
    withdrawal: Withdrawal | None


def alert(session: Session, key: str, number: int) -> Alert:
    """The alert of a bulletin; NotFound."""
    bulletin = session.get(Bulletin, numbering.bulletin_id(key, number))
    if bulletin is None:
        raise NotFound
    incident = session.get_one(Incident, key)
    before = session.scalars(
        select(Bulletin).where(Bulletin.incident_key == key, Bulletin.number < number).order_by(Bulletin.number)
    ).all()
    if bulletin.reading is not None:
        reading = WrittenIncident.from_json(bulletin.reading)
        said: WrittenIncident | Incident = reading
        codes = list(reading.areas)
    else:
        said = incident
        query = select(IncidentArea.area).where(IncidentArea.incident_key == key).order_by(IncidentArea.position)
        codes = list(session.scalars(query))
    named = areas(session, codes)
    return Alert(
        bulletin=bulletin,
        title_ja=said.title_ja,
        title_en=said.title_en,
        state=bulletin.state or said.state,
        severity=said.severity,
        exercise=said.exercise,
        maintenance=said.kind == IncidentKind.MAINTENANCE,
        areas=tuple(named[code] for code in codes),
        before=tuple(before),
        withdrawal=session.get(Withdrawal, bulletin.id),
    )
