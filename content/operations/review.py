"""Send a draft to another person, or back to its writer; what that person's agreement does to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from content import policy
from content.models.drafts import Draft
from content.rules import states
from content.rules.states import DraftKind, DraftState, Step
from portal.core import audit
from portal.core.actor import Actor
from portal.core.db import new_id
from portal.core.errors import N_, Invalid


def ask(
    session: Session,
    kind: DraftKind,
    incident_key: str,
    payload: Mapping[str, Any],
    *,
    base_number: int,
    action: str,
    by: Actor,
    at: datetime,
    again: Draft | None = None,
) -> Draft:
    """A draft that is not written on: it waits for another person from the first.

    ``again``: one that was sent back, to be asked in other words.
    """
    if again is not None:
        policy.check(by, Step.EDIT, again)
        again.state = states.after(again.state, Step.EDIT)
        again.payload, again.base_number = dict(payload), base_number
        if not policy.wrote(by, again):
            again.editors = [*again.editors, by.id]
        send_for_review(session, again, by=by, at=at)
        return again
    draft = Draft(
        id=new_id(),
        kind=kind,
        incident_key=incident_key,
        base_number=base_number,
        correction=False,
        state=DraftState.REVIEW,
        payload=dict(payload),
        written_by=by.id,
        written_by_name=by.name,
        created_at=at,
        changed_at=at,
        sent_at=at,
        returned_because="",
    )
    session.add(draft)
    session.flush()
    audit.record(session, at=at, actor=by, action=action, subject=draft.id)
    return draft


def agree(draft: Draft, *, by: Actor, at: datetime) -> None:
    """The other person agrees; whoever calls publishes what the draft says in the same transaction."""
    draft.decided_by, draft.decided_at, draft.changed_at = by.id, at, at
    draft.state = states.after(draft.state, Step.PUBLISH)


def send_for_review(session: Session, draft: Draft, *, by: Actor, at: datetime) -> None:
    """The writer is done; another person decides."""
    policy.check(by, Step.SEND, draft)
    draft.state = states.after(draft.state, Step.SEND)
    draft.sent_at = draft.changed_at = at
    draft.returned_because = ""
    session.flush()
    audit.record(session, at=at, actor=by, action="content.bulletin.send", subject=draft.id)


def send_back(session: Session, draft: Draft, *, reason: str, by: Actor, at: datetime) -> None:
    """Give the draft back to its writer, with a reason."""
    policy.check(by, Step.SEND_BACK, draft)
    if not reason.strip():
        raise Invalid(N_("Say why it goes back."))
    draft.state = states.after(draft.state, Step.SEND_BACK)
    draft.changed_at = at
    draft.returned_because = reason
    session.flush()
    audit.record(session, at=at, actor=by, action="content.bulletin.send-back", subject=draft.id)
