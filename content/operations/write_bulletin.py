"""Write a bulletin: begin a draft, change it, drop it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from content import policy
from content.models.drafts import Draft
from content.models.incidents import Incident
from content.queries import drafts
from content.rules import checks, numbering, states
from content.rules.states import DraftState, Step
from content.rules.writing import Writing
from portal.core import audit
from portal.core.actor import Actor
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid, NotFound

KEY_MESSAGE = N_("An address has small letters a-z, digits and single hyphens, 80 characters at most.")
CHANGED_MEANWHILE = N_("Somebody else changed this draft meanwhile. Look at both texts and choose.")


def write_bulletin(
    session: Session, writing: Writing, *, incident_key: str, new: bool, by: Actor, at: datetime
) -> Draft:
    """Begin a draft, of a ``new`` incident or of one that is published. Nothing of it is public.

    A correction (``writing.bulletin.correction``) can only be of a published incident.
    """
    policy.check_write(by)
    incident = session.get(Incident, incident_key)
    if not numbering.is_key(incident_key):
        raise Invalid(KEY_MESSAGE)
    if new and incident is not None:
        raise Conflict(N_("An incident with this address is already published."))
    if not new and incident is None:
        raise NotFound
    _check(session, writing, incident_key)
    draft = Draft(
        id=new_id(),
        incident_key=incident_key,
        base_number=incident.last_number if incident else 0,
        correction=writing.bulletin.correction,
        state=DraftState.DRAFT,
        payload=writing.to_json(),
        written_by=by.id,
        written_by_name=by.name,
        created_at=at,
        changed_at=at,
        returned_because="",
    )
    session.add(draft)
    session.flush()
    detail: dict[str, audit.Value] = {"incident": incident_key, "correction": draft.correction}
    audit.record(session, at=at, actor=by, action="content.bulletin.write", subject=draft.id, detail=detail)
    return draft


def edit_draft(
    session: Session, draft: Draft, writing: Writing, *, by: Actor, at: datetime, version: int | None = None
) -> None:
    """Change the text. The draft then builds on the incident's latest bulletin.

    Raises Conflict when the draft is no longer at ``version``: somebody else changed it meanwhile.
    """
    policy.check(by, Step.EDIT, draft)
    if version is not None and draft.version != version:
        raise Conflict(CHANGED_MEANWHILE)
    _check(session, writing, draft.incident_key)
    incident = session.get(Incident, draft.incident_key)
    draft.state = states.after(draft.state, Step.EDIT)
    draft.payload = writing.to_json()
    draft.base_number = incident.last_number if incident else 0
    draft.correction = writing.bulletin.correction
    draft.changed_at = at
    if not policy.wrote(by, draft):
        draft.editors = [*draft.editors, by.id]
    session.flush()
    audit.record(session, at=at, actor=by, action="content.bulletin.edit", subject=draft.id)


def discard(session: Session, draft: Draft, *, by: Actor, at: datetime) -> None:
    """Drop a draft for good."""
    policy.check(by, Step.DISCARD, draft)
    draft.state = states.after(draft.state, Step.DISCARD)
    draft.changed_at = at
    session.flush()
    audit.record(session, at=at, actor=by, action="content.bulletin.discard", subject=draft.id)


def _check(session: Session, writing: Writing, incident_key: str) -> None:
    found = checks.problems(writing, drafts.known(session, incident_key))
    if found:
        raise Invalid(found[0].message)
