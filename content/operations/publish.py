"""Approve a bulletin and publish it: from then on nothing of it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import policy
from content.models.bulletins import Approval, Bulletin
from content.models.drafts import Draft
from content.models.incidents import Incident
from content.models.measures import Measure
from content.operations import upsert
from content.operations.incident_times import renew_times
from content.operations.live_turns import watch_turns
from content.operations.promises import watch
from content.operations.public_change import public_changed, record_key
from content.operations.read_files import read_later
from content.operations.reading import put_incident
from content.operations.rows import bulletin_rows
from content.queries import drafts
from content.rules import checks, numbering, states
from content.rules.owners import Owner
from content.rules.states import Step
from content.rules.writing import Writing
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
    return _publish(session, draft, Step.PUBLISH, by=by, at=at)


def publish_now(session: Session, draft: Draft, *, reason: str, by: Actor, at: datetime) -> Bulletin:
    """Publish one's own draft in an emergency, with the ``reason`` that is published with it; the approval follows."""
    policy.check(by, Step.PUBLISH_NOW, draft)
    if not reason.strip():
        raise Invalid(N_("Say why this cannot wait for another person."))
    return _publish(session, draft, Step.PUBLISH_NOW, by=by, at=at, reason=reason.strip())


def approve_afterwards(session: Session, bulletin: Bulletin, *, by: Actor, at: datetime) -> Approval:
    """The second person's approval of what went out in an emergency; Conflict when it is there already."""
    draft = session.scalar(select(Draft).where(Draft.bulletin_id == bulletin.id))
    policy.check_approve_afterwards(by, bulletin, draft)
    if session.get(Approval, bulletin.id) is not None:
        raise Conflict(N_("This bulletin is approved already."))
    approval = Approval(bulletin_id=bulletin.id, approved_by=by.id, approved_by_name=by.name, approved_at=at)
    session.add(approval)
    session.flush()
    public_changed(session, [record_key(Owner.INCIDENT, bulletin.incident_key)], at=at, alone=True)
    audit.record(session, at=at, actor=by, action="content.bulletin.approve", subject=bulletin.id)
    return approval


def _publish(
    session: Session, draft: Draft, step: Step, *, by: Actor, at: datetime, reason: str | None = None
) -> Bulletin:
    key = draft.incident_key
    writing = Writing.from_json(draft.payload)
    found = checks.problems(writing, drafts.known(session, key))
    if found:
        raise Invalid(found[0].message)
    incident = session.scalar(select(Incident).where(Incident.key == key).with_for_update())
    if (incident.last_number if incident else 0) != draft.base_number:
        raise Conflict(N_("Another bulletin was published meanwhile. Send this one back, so that its writer sees it."))
    number = numbering.next_number(draft.base_number)
    day = writing.bulletin.day or day_in_japan(at)
    text = replace(writing.bulletin, day=day)
    touched = put_incident(session, key, writing.incident, number=number, day=day, at=at)
    rows = bulletin_rows(
        key,
        number,
        text,
        writing.incident,
        at=at,
        written_by=draft.written_by,
        approved_by=None if reason else by.id,
        emergency_reason=reason,
    )
    for row in rows:
        upsert.add(session, upsert.table_of(row.model), [row.values])
    bulletin = session.get_one(Bulletin, numbering.bulletin_id(key, number))
    session.get_one(Incident, key).next_update_at = text.next_update_at
    _announce_measures(session, key, writing, day)
    renew_times(session, [key])
    draft.state, draft.bulletin_id = states.after(draft.state, step), bulletin.id
    draft.emergency = reason is not None
    draft.decided_by, draft.decided_at = (None, None) if reason else (by.id, at)
    draft.changed_at, draft.sent_at = at, draft.sent_at or at
    session.flush()
    public_changed(session, [record_key(Owner.INCIDENT, key), *touched], at=at, alone=True)
    if text.attachments:
        read_later(session, at=at)
    watch(session, bulletin)
    watch_turns(session, key, at=at)
    said: dict[str, audit.Value] = {"draft": draft.id, "sha256": bulletin.content_hash, "final": bulletin.final}
    action = "content.bulletin.publish-now" if reason else "content.bulletin.publish"
    audit.record(session, at=at, actor=by, action=action, subject=bulletin.id, detail=said)
    return bulletin


def _announce_measures(session: Session, key: str, writing: Writing, day: date) -> None:
    last = session.scalar(select(func.max(Measure.position)).where(Measure.incident_key == key)) or 0
    for position, measure in enumerate(writing.bulletin.measures, last + 1):
        row = {**vars(measure), "owner_key": measure.owner, "incident_key": key, "position": position, "day": day}
        del row["owner"]
        session.add(Measure(id=numbering.measure_id(key, position), **row))
