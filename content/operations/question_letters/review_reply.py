"""A letter that answers on its way out: sent to the legal check, cleared, approved, sent back, discarded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from content import policy
from content.models.replies import Reply
from content.operations.question_letters.write_reply import WHY, book, hold
from content.queries.question_letters.reply_work import hindrances
from content.rules.question_letters.states import ReplyAction, ReplyState, reply_after
from portal.core import screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Invalid


def send_reply(session: Session, reply: Reply, *, by: Actor, at: datetime) -> None:
    """Its writers are done; another person checks it. Invalid where it lacks something."""
    _go(session, reply, ReplyAction.SEND, {"returned_because": ""}, by=by, at=at)


def clear_reply(session: Session, reply: Reply, *, by: Actor, at: datetime) -> None:
    """The legal check found nothing; a third person approves."""
    _go(session, reply, ReplyAction.CLEAR, {"checked_by": by.id, "checked_at": at}, by=by, at=at)


def approve_reply(session: Session, reply: Reply, *, by: Actor, at: datetime) -> None:
    """The third person agrees; it can go out."""
    _go(session, reply, ReplyAction.APPROVE, {"approved_by": by.id, "approved_at": at}, by=by, at=at)


def send_reply_back(session: Session, reply: Reply, *, reason: str, by: Actor, at: datetime) -> None:
    """Give it back to its writers, with a reason; who checked and approved it does so again."""
    screening.lines(reason, field="reason", limits=WHY)
    if not reason.strip():
        raise Invalid(N_("Say why it goes back."), field="reason")
    anew = dict.fromkeys(("checked_by", "checked_at", "approved_by", "approved_at"))
    _go(session, reply, ReplyAction.SEND_BACK, {"returned_because": reason, **anew}, by=by, at=at)


def discard_reply(session: Session, reply: Reply, *, by: Actor, at: datetime) -> None:
    """Drop it for good."""
    _go(session, reply, ReplyAction.DISCARD, {}, by=by, at=at)


# What lets a letter go on asks whether it is whole.
ASKED = frozenset({ReplyAction.SEND, ReplyAction.CLEAR, ReplyAction.APPROVE})


def _go(
    session: Session, reply: Reply, action: ReplyAction, change: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    hold(session, reply)
    policy.check_reply(by, action, reply)
    if action in ASKED:
        found = hindrances(session, reply, today=day_in_japan(at))
        if found:
            raise Invalid(found[0].message)
    reply.state = reply_after(ReplyState(reply.state), action)
    reply.changed_at = at
    for name, value in change.items():
        setattr(reply, name, value)
    book(session, reply, action, by=by, at=at)
