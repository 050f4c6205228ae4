"""Write the answers of a letter: begin one, change it, drop it. Departments do so side by side."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import policy
from content.models.answers import Answer
from content.models.letter_work import Assignment
from content.models.replies import DraftAnswer, Reply
from content.operations.question_letters.write_reply import CHANGED_MEANWHILE, book, hold, wrote
from content.queries.question_letters.reply_work import asked, is_in_the_record
from content.rules.question_letters import quoting
from content.rules.question_letters.answering import WrittenAnswer
from content.rules.question_letters.states import ReplyAction, ReplyKind
from portal.core import screening
from portal.core.actor import Actor
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid

# Graphemes and code points of one answer.
ANSWER = (10_000, 30_000)
MOST_LINKS = 20


def begin_answer(
    session: Session, reply: Reply, questions: list[str], *, follows: str | None = None, by: Actor, at: datetime
) -> DraftAnswer:
    """Begin an answer to questions (ids); it is the work of the department that the first of them was given to.

    ``follows``: the earlier answer that it goes on with, in a later letter.
    """
    hold(session, reply)
    policy.check_reply(by, ReplyAction.EDIT, reply)
    if reply.kind == ReplyKind.INTERIM:
        raise Conflict(N_("An interim letter has no answers."))
    order = list(asked(session, reply.letter_key))
    wanted = [question for question in order if question in questions]
    if not wanted or len(wanted) != len(set(questions)):
        raise Invalid(N_("Say which question is answered."), field="questions")
    _follows(session, reply, follows)
    given = session.get(Assignment, wanted[0])
    last = session.scalar(select(func.max(DraftAnswer.position)).where(DraftAnswer.reply_id == reply.id)) or 0
    draft = DraftAnswer(
        id=new_id(),
        reply_id=reply.id,
        position=last + 1,
        questions=wanted,
        follows=follows,
        department_id=given.department_id if given else None,
        changed_by=by.id,
        changed_at=at,
    )
    session.add(draft)
    wrote(reply, by)
    session.flush()
    book(session, reply, "begin-answer", by=by, at=at)
    return draft


def edit_answer(
    session: Session, reply: Reply, draft: DraftAnswer, text: WrittenAnswer, *, version: int, by: Actor, at: datetime
) -> None:
    """Change an answer; what it still lacks hinders the letter, not this. A quotation as asked is not kept.

    Conflict when it is no longer at ``version``; Invalid with ``field`` for what cannot be.
    """
    hold(session, reply)
    policy.check_reply(by, ReplyAction.EDIT, reply)
    if draft.version != version:
        raise Conflict(CHANGED_MEANWHILE)
    known = asked(session, reply.letter_key)
    if not set(text.questions) <= set(known):
        raise Invalid(N_("Choose from the questions of this letter."), field="questions")
    screening.lines(text.text, field="text", limits=ANSWER)
    for quoted in text.quoted.values():
        screening.lines(quoted, field="quoted", limits=ANSWER)
    if len(text.links) > MOST_LINKS:
        raise Invalid(N_("An answer has at most %(most)s links."), field="links", most=MOST_LINKS)
    for link in text.links:
        if not is_in_the_record(session, link):
            raise Invalid(N_("Nothing of this record has this address."), field="links")
    _follows(session, reply, text.follows)
    draft.questions = [question for question in known if question in text.questions]
    draft.quoted = {
        question: quoted
        for question, quoted in text.quoted.items()
        if question in draft.questions and quoted.strip() and quoting.departs(known[question], quoted)
    }
    draft.text, draft.types = text.text, list(text.types)
    draft.withheld_ground, draft.re_answer_due = text.ground, text.due
    draft.links = [{name: str(value) for name, value in asdict(link).items()} for link in text.links]
    draft.seen, draft.follows, draft.done = sorted(text.seen), text.follows, text.done
    draft.changed_by, draft.changed_at = by.id, at
    wrote(reply, by)
    session.flush()
    book(session, reply, "write-answer", by=by, at=at)


def drop_answer(session: Session, reply: Reply, draft: DraftAnswer, *, by: Actor, at: datetime) -> None:
    """Drop an answer in the making."""
    hold(session, reply)
    policy.check_reply(by, ReplyAction.EDIT, reply)
    session.delete(draft)
    wrote(reply, by)
    session.flush()
    book(session, reply, "drop-answer", by=by, at=at)


def _follows(session: Session, reply: Reply, follows: str | None) -> None:
    """Only a later letter goes on with an answer, one of the same letter."""
    if follows is None:
        return
    earlier = session.get(Answer, follows)
    if reply.kind != ReplyKind.LATER or earlier is None or earlier.letter_key != reply.letter_key:
        raise Invalid(N_("A later answer names the answer that it goes on with."), field="follows")
