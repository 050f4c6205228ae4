"""Begin a letter that answers, change what stands around its answers, drop it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import policy
from content.models.letters import Letter
from content.models.replies import Reply
from content.queries.question_letters.reply_work import asked
from content.rules.question_letters.states import (
    REPLIES,
    LetterState,
    ReplyAction,
    ReplyKind,
    ReplyState,
    reply_after,
)
from portal.core import audit, screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid

CHANGED_MEANWHILE = N_("Somebody else changed this meanwhile. Look at both texts and choose.")
# Graphemes and code points.
PREFACE = (3_000, 9_000)
WHY = (500, 1_500)
# A letter may be answered by an interim letter and the answer at once, and by later ones afterwards.
BEGINS_IN: dict[ReplyKind, LetterState] = {
    ReplyKind.INTERIM: LetterState.OPEN,
    ReplyKind.ANSWER: LetterState.OPEN,
    ReplyKind.LATER: LetterState.ANSWERED,
}


def hold(session: Session, reply: Reply) -> None:
    """Have others who change this letter wait until this transaction has ended."""
    session.refresh(reply, with_for_update=True)


def wrote(reply: Reply, by: Actor) -> None:
    """Write down who wrote: neither checks nor approves it."""
    if by.id not in reply.writers:
        reply.writers = [*reply.writers, by.id]


def begin_reply(session: Session, letter: Letter, kind: ReplyKind, *, by: Actor, at: datetime) -> Reply:
    """Begin a letter of a kind. Conflict where one of the kind is in the making, or the letter's state does not fit."""
    policy.check_write(by)
    if not letter.filed or letter.state != BEGINS_IN[kind]:
        raise Conflict(N_("The letter is no longer in a state in which this can be done."))
    replies = session.scalars(select(Reply).where(Reply.letter_key == letter.key, Reply.kind == kind))
    if any(REPLIES[ReplyState(one.state)] for one in replies):
        raise Conflict(N_("A letter of this kind is being written already."))
    last = session.scalar(select(func.max(Reply.number)).where(Reply.letter_key == letter.key)) or 0
    reply = Reply(
        id=new_id(),
        letter_key=letter.key,
        number=last + 1,
        kind=kind,
        state=ReplyState.DRAFT,
        writers=[by.id],
        created_at=at,
        changed_at=at,
    )
    session.add(reply)
    session.flush()
    book(session, reply, "begin", by=by, at=at)
    return reply


def edit_reply(
    session: Session,
    reply: Reply,
    *,
    preface: str,
    promised_on: date | None,
    unanswered: Mapping[str, str],
    version: int,
    by: Actor,
    at: datetime,
) -> None:
    """Change what stands around the answers; ``unanswered``: by question id, why it stays without one, or "".

    Conflict when it is no longer at ``version``; Invalid with ``field``.
    """
    hold(session, reply)
    policy.check_reply(by, ReplyAction.EDIT, reply)
    if reply.version != version:
        raise Conflict(CHANGED_MEANWHILE)
    screening.lines(preface, field="preface", limits=PREFACE)
    why = {question: text.strip() for question, text in unanswered.items() if text.strip()}
    for text in why.values():
        screening.lines(text, field="unanswered", limits=WHY)
    if not set(why) <= set(asked(session, reply.letter_key)):
        raise Invalid(N_("Choose from the questions of this letter."), field="unanswered")
    if promised_on is not None and promised_on <= day_in_japan(at):
        raise Invalid(N_("A promised day lies in the future."), field="promised_on")
    reply.state = reply_after(ReplyState(reply.state), ReplyAction.EDIT)
    reply.preface, reply.promised_on, reply.unanswered, reply.changed_at = preface, promised_on, why, at
    wrote(reply, by)
    session.flush()
    book(session, reply, "edit", by=by, at=at)


def discard_all(session: Session, letter: Letter, *, at: datetime) -> None:
    """Whatever is in the making for a letter that ends or was answered is not finished."""
    for reply in session.scalars(select(Reply).where(Reply.letter_key == letter.key)):
        if REPLIES[ReplyState(reply.state)]:
            reply.state, reply.changed_at = ReplyState.DISCARDED, at


def book(session: Session, reply: Reply, what: str, *, by: Actor, at: datetime) -> None:
    """Record a step of a letter that answers."""
    detail: dict[str, audit.Value] = {"reply": reply.number}
    audit.record(session, at=at, actor=by, action=f"content.reply.{what}", subject=reply.letter_key, detail=detail)
