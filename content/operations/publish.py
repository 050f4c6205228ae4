"""Approve a bulletin and publish it: from then on nothing of it changes."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from content import policy
from content.models.bulletins import Bulletin
from content.models.drafts import Draft
from content.models.incidents import Incident, IncidentArea, IncidentSystem
from content.operations import upsert
from content.operations.public_change import public_changed, record_key
from content.operations.rows import bulletin_rows
from content.queries import drafts
from content.rules import checks, numbering, states
from content.rules.owners import Owner
from content.rules.states import Step
from content.rules.writing import Writing, WrittenIncident
from portal.core import audit
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict, Invalid


def publish(session: Session, draft: Draft, *, by: Actor, at: datetime) -> Bulletin:
    """Publish a draft that another person wrote; returns the bulletin.

    Raises Conflict when something about the incident was published since it was written: the approver would approve
    a text that its writer never saw beside the newer one.
    """
    policy.check(by, Step.PUBLISH, draft)
    writing = Writing.from_json(draft.payload)
    found = checks.problems(writing, drafts.known(session, draft.incident_key))
    if found:
        raise Invalid(found[0].message)
    incident = session.scalar(select(Incident).where(Incident.key == draft.incident_key).with_for_update())
    if (incident.last_number if incident else 0) != draft.base_number:
        raise Conflict(N_("Another bulletin was published meanwhile. Send this one back, so that its writer sees it."))
    number = numbering.next_number(draft.base_number)
    day = writing.bulletin.day or day_in_japan(at)
    touched = _put_incident(session, draft.incident_key, incident, writing.incident, number=number, day=day, at=at)
    values = {**vars(writing.bulletin), "day": day}
    rows = bulletin_rows(
        draft.incident_key,
        number,
        type(writing.bulletin)(**values),
        writing.incident,
        at=at,
        written_by=draft.written_by,
        approved_by=by.id,
    )
    for row in rows:
        upsert.add(session, upsert.table_of(row.model), [row.values])
    bulletin = session.get_one(Bulletin, numbering.bulletin_id(draft.incident_key, number))
    draft.state = states.after(draft.state, Step.PUBLISH)
    draft.bulletin_id = bulletin.id
    draft.decided_by, draft.decided_at, draft.changed_at = by.id, at, at
    session.flush()
    public_changed(session, [record_key(Owner.INCIDENT, draft.incident_key), *touched], at=at)
    said: dict[str, audit.Value] = {"draft": draft.id, "sha256": bulletin.content_hash, "final": bulletin.final}
    audit.record(session, at=at, actor=by, action="content.bulletin.publish", subject=bulletin.id, detail=said)
    return bulletin


def _put_incident(
    session: Session,
    key: str,
    incident: Incident | None,
    text: WrittenIncident,
    *,
    number: int,
    day: date,
    at: datetime,
) -> set[str]:
    """Bring the incident to what the bulletin says of it; returns the search keys of the systems before and after."""
    if incident is None:
        incident = Incident(key=key, published_at=at)
        session.add(incident)
    incident.title_ja, incident.title_en = text.title_ja, text.title_en
    incident.state, incident.severity = text.state, text.severity
    incident.cause_key, incident.cause_status = text.cause_key, text.cause_status
    incident.occurred_on, incident.occurred_until = text.occurred_on, text.occurred_until
    incident.occurred_text_ja, incident.occurred_text_en = text.occurred_text_ja, text.occurred_text_en
    incident.exercise = text.exercise
    incident.sort_on = text.occurred_on or incident.sort_on or day
    incident.last_number, incident.changed_at = number, at
    session.flush()
    before = session.scalars(select(IncidentSystem.system_key).where(IncidentSystem.incident_key == key)).all()
    session.execute(delete(IncidentSystem).where(IncidentSystem.incident_key == key))
    session.execute(delete(IncidentArea).where(IncidentArea.incident_key == key))
    for position, system in enumerate(text.systems, 1):
        session.add(IncidentSystem(incident_key=key, system_key=system, position=position))
    for position, area in enumerate(text.areas, 1):
        session.add(IncidentArea(incident_key=key, area=area, position=position))
    session.flush()
    return {record_key(Owner.SYSTEM, system) for system in {*before, *text.systems}}
