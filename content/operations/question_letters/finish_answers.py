"""Finish at once all answers that lack nothing: whoever looked through them need not open each again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from content import policy
from content.models.replies import Reply
from content.operations.question_letters.write_reply import book, hold, wrote
from content.queries.question_letters.reply_work import UNDONE, draft_answers, hindrances
from content.rules.question_letters.states import ReplyAction
from portal.core.actor import Actor
from portal.core.clock import day_in_japan


def finish_answers(session: Session, reply: Reply, *, by: Actor, at: datetime) -> int:
    """Finish the answers to which nothing is missing and whose warnings were seen; returns how many these were."""
    hold(session, reply)
    policy.check_reply(by, ReplyAction.EDIT, reply)
    found = hindrances(session, reply, today=day_in_japan(at))
    lacking = {one.answer for one in found if one.message != UNDONE}
    ready = [draft for draft in draft_answers(session, reply) if not draft.done and draft.id not in lacking]
    for draft in ready:
        draft.done, draft.changed_by, draft.changed_at = True, by.id, at
    if ready:
        wrote(reply, by)
        session.flush()
        book(session, reply, "finish-answers", by=by, at=at)
    return len(ready)
