"""Once a day: what is overdue since yesterday is written into the public history of its letter, and told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.letter_work import LetterStep
from content.models.letters import Letter
from content.models.replies import Reply
from content.operations.question_letters.letter_changed import letter_changed
from content.operations.question_letters.letter_steps import step
from content.operations.question_letters.tell_sender import Notice, tell_sender
from content.queries.question_letters.register import register
from content.rules.question_letters.register import Sort
from content.rules.question_letters.standing import Standing
from content.rules.question_letters.states import WAITING, ReplyKind, ReplyState, StepKind


def note_overdue(session: Session, *, today: date, at: datetime) -> int:
    """Note each day that has passed without the answer due or promised by it, once; returns how many."""
    noted = {(one.letter_key, one.day) for one in session.scalars(_NOTED)}
    found = sorted({*_letters(session, today), *_promises(session, today)} - noted)
    for key, day in found:
        letter = session.get_one(Letter, key, with_for_update=True)
        step(session, letter, StepKind.OVERDUE, at=at, day=day)
        letter_changed(session, letter, at=at)
        tell_sender(session, letter, Notice.OVERDUE, at=at)
    return len(found)


_NOTED = select(LetterStep).where(LetterStep.kind == StepKind.OVERDUE)


def _letters(session: Session, today: date) -> Iterator[tuple[str, date]]:
    """Letters that wait for their answer after its day, or after the one that an interim letter promised."""
    waiting = (Letter.filed, Letter.state.in_(sorted(WAITING)))
    query = select(Letter.key, Letter.answer_due_on).where(*waiting, Letter.answer_due_on < today)
    interim = select(Letter.key, Reply.promised_on).join(Reply, Reply.letter_key == Letter.key)
    interim = interim.where(*waiting, Reply.kind == ReplyKind.INTERIM, Reply.state == ReplyState.ISSUED)
    for passed in (query, interim.where(Reply.promised_on < today)):
        yield from ((key, day) for key, day in session.execute(passed) if day is not None)


def _promises(session: Session, today: date) -> Iterator[tuple[str, date]]:
    """Days for which something was put off that is still open."""
    items = register(session).items
    late = register(session).overdue_items(today) & items.having("standing", Standing.DEFERRED)
    filed = set(session.scalars(select(Letter.key).where(Letter.filed)))
    for entry in items.part(late, Sort.DUE):
        if entry.letter in filed and entry.stands.due is not None:
            yield entry.letter, entry.stands.due
