"""Send a draft to another person, or back to its writer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from content import policy
from content.models.drafts import Draft
from content.rules import states
from content.rules.states import Step
from portal.core import audit
from portal.core.actor import Actor
from portal.core.errors import N_, Invalid


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
