"""What an incident is today: the reading of its latest bulletin, put into the rows that lists and filters read."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from content.models.incidents import Incident, IncidentArea, IncidentSystem
from content.models.relations import Relation
from content.operations.public_change import record_key
from content.rules import numbering
from content.rules.owners import Owner
from content.rules.writing import WrittenIncident

AS_SAID = (
    "title_ja",
    "title_en",
    "kind",
    "state",
    "severity",
    "cause_key",
    "cause_status",
    "occurred_on",
    "occurred_until",
    "occurred_text_ja",
    "occurred_text_en",
    "exercise",
    "planned_from",
    "planned_until",
)


def put_incident(
    session: Session, key: str, text: WrittenIncident, *, number: int, day: date, at: datetime
) -> set[str]:
    """Bring the incident to what bulletin ``number`` of ``day`` says of it.

    Returns the search keys of the systems before and after, and of the incidents that it relates to.
    """
    incident = session.get(Incident, key)
    if incident is None:
        incident = Incident(key=key, published_at=at)
        session.add(incident)
    for name in AS_SAID:
        setattr(incident, name, getattr(text, name))
    incident.sort_on = text.occurred_on or incident.sort_on or day
    incident.last_number, incident.changed_at, incident.withdrawn = number, at, False
    session.flush()
    touched = neighbours(session, key)
    session.execute(delete(IncidentSystem).where(IncidentSystem.incident_key == key))
    session.execute(delete(IncidentArea).where(IncidentArea.incident_key == key))
    for position, system in enumerate(text.systems, 1):
        session.add(IncidentSystem(incident_key=key, system_key=system, position=position))
    for position, area in enumerate(text.areas, 1):
        session.add(IncidentArea(incident_key=key, area=area, position=position))
    _put_relations(session, key, text)
    session.flush()
    return touched | neighbours(session, key)


def neighbours(session: Session, key: str) -> set[str]:
    """The search keys of the systems that an incident touches and of the incidents that stand in relation to it."""
    systems = session.scalars(select(IncidentSystem.system_key).where(IncidentSystem.incident_key == key))
    touched = {record_key(Owner.SYSTEM, system) for system in systems}
    pairs = select(Relation.from_key, Relation.to_key).where(or_(Relation.from_key == key, Relation.to_key == key))
    others = {one for pair in session.execute(pairs) for one in pair} - {key}
    return touched | {record_key(Owner.INCIDENT, other) for other in others}


def _put_relations(session: Session, key: str, text: WrittenIncident) -> None:
    """The relations that the bulletin states, added to those of the archive, which stand with their sources."""
    there = session.scalars(select(Relation).where(Relation.from_key == key)).all()
    known = {(relation.kind, relation.to_key, relation.said_by_key) for relation in there}
    position = max((relation.position for relation in there), default=0)
    for one in text.relations:
        if (one.kind, one.to, one.said_by) in known:
            continue
        position += 1
        session.add(
            Relation(
                id=numbering.relation_id(key, position),
                from_key=key,
                to_key=one.to,
                kind=one.kind,
                position=position,
                said_by_key=one.said_by,
            )
        )
