"""What waits at the desk of question letters: letters by due day, what was put off, words of senders to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import policy
from content.models.answers import Answer, AnswerQuestion
from content.models.letter_work import Assignment, SenderWord
from content.models.letters import Letter
from content.models.questions import Question
from content.models.replies import DraftAnswer, Reply
from content.rules.question_letters import clock, promises
from content.rules.question_letters.clock import Duty, Period
from content.rules.question_letters.promises import Said
from content.rules.question_letters.states import REPLIES, WAITING, LetterState, ReplyKind, ReplyState
from content.rules.question_letters.work import Stage, Standing, stages
from portal.accounts.models import StaffAccount
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import NotFound

UNFINISHED = tuple(state for state in ReplyState if REPLIES[state])


@dataclass(frozen=True)
class Waiting:
    """Something that waits, until ``due_on``; ``rule`` says how that day was counted, None: it was promised.

    ``questions`` are the codes that it is about, where it is not the whole letter; ``departments`` ids of those whose
    work it is. ``word`` is what a sender said.
    """

    stage: Stage
    letter: Letter
    due_on: date
    overdue_days: int
    rule: Period | None
    questions: tuple[str, ...] = ()
    departments: frozenset[str] = frozenset()
    word: SenderWord | None = None


def find_letter(session: Session, key: str, *, actor: Actor) -> Letter:
    """A filed letter for whoever may see the desk; raises Forbidden or NotFound."""
    policy.check_see_questions(actor)
    found = session.get(Letter, key)
    if found is None or not found.filed:
        raise NotFound
    return found


def own_department(session: Session, actor: Actor) -> str | None:
    """The department that the actor belongs to (its id), or none."""
    account = session.get(StaffAccount, actor.id)
    return account.department_id if account else None


def waiting(session: Session, *, actor: Actor, today: date) -> list[Waiting]:
    """Everything that waits, by due day: what is longest overdue comes first."""
    policy.check_see_questions(actor)
    return everything(session, today=today)


def everything(session: Session, *, today: date) -> list[Waiting]:
    """The same for nobody in particular: for the worker's reminders."""
    found = [*_letters(session, today), *_put_off(session, today), *_words(session, today)]
    order = list(Stage)
    return sorted(found, key=lambda one: (one.due_on, order.index(one.stage), one.letter.key, one.questions))


def _letters(session: Session, today: date) -> Iterator[Waiting]:
    replies: dict[str, list[tuple[ReplyKind, ReplyState]]] = {}
    for key, kind, state in session.execute(
        select(Reply.letter_key, Reply.kind, Reply.state).where(Reply.state.in_(UNFINISHED))
    ):
        replies.setdefault(key, []).append((ReplyKind(kind), ReplyState(state)))
    query = select(Letter).where(Letter.filed, Letter.state.in_(sorted(WAITING)) | Letter.key.in_(replies))
    found = session.scalars(query).all()
    keys = [letter.key for letter in found]
    counted = select(Question.letter_key, func.count()).where(Question.letter_key.in_(keys))
    counts = {row[0]: row[1] for row in session.execute(counted.group_by(Question.letter_key))}
    given: dict[str, list[Assignment]] = {}
    for row in session.scalars(select(Assignment).where(Assignment.letter_key.in_(keys))):
        given.setdefault(row.letter_key, []).append(row)
    finished = _finished(session, keys)
    for letter in found:
        mine = given.get(letter.key, [])
        standing = Standing(
            state=LetterState(letter.state),
            acknowledged=letter.acknowledged_on is not None,
            questions=counts.get(letter.key, 0),
            assigned=len(mine),
            replies=tuple(replies.get(letter.key, ())),
        )
        undone = [row for row in mine if row.question_id not in finished]
        for stage in stages(standing):
            due, rule = _day(letter, stage, undone)
            late = clock.overdue_days(due, done=None, today=today)
            whose = frozenset(row.department_id for row in undone) if stage is Stage.DRAFT else frozenset()
            yield Waiting(stage, letter, due, late, rule, departments=whose)


def _finished(session: Session, keys: list[str]) -> set[str]:
    """Questions (ids) whose answers in the making are finished."""
    query = select(DraftAnswer.questions).join(Reply, Reply.id == DraftAnswer.reply_id)
    query = query.where(Reply.letter_key.in_(keys), Reply.state.in_(UNFINISHED), DraftAnswer.done)
    return {question for questions in session.scalars(query) for question in questions}


def _day(letter: Letter, stage: Stage, undone: Iterable[Assignment]) -> tuple[date, Period | None]:
    received = letter.received_on or letter.sent_on
    duty = Duty.ACKNOWLEDGE if stage in (Stage.ACKNOWLEDGE, Stage.OPEN) else Duty.ANSWER
    rule = clock.period(duty, received)
    due = rule.due(received) if duty is Duty.ACKNOWLEDGE else letter.answer_due_on or rule.due(received)
    if stage is Stage.DRAFT:
        asked = min((row.due_on for row in undone if row.due_on is not None), default=due)
        return (asked, None) if asked < due else (due, rule)
    return due, rule


def _put_off(session: Session, today: date) -> Iterator[Waiting]:
    said, letters = _said(session, Answer.re_answer_due.is_not(None))
    open_ones = promises.waiting(said, today=today)
    given = _departments(session, [one.question for one in open_ones])
    rows: dict[tuple[str, date], list[str]] = {}
    for one in open_ones:
        rows.setdefault((letters[one.question].key, one.due), []).append(one.question)
    for (_key, due), questions in rows.items():
        late = clock.overdue_days(due, done=None, today=today)
        whose = frozenset(given[question] for question in questions if question in given)
        yield Waiting(Stage.LATER, letters[questions[0]], due, late, None, _codes(questions), whose)


def _said(session: Session, wanted: object) -> tuple[dict[str, list[Said]], dict[str, Letter]]:
    """All answers to the questions of letters of which one answer is ``wanted``, and the letter of each question."""
    keys = select(Answer.letter_key).where(Answer.reply_id.is_not(None), wanted)  # type: ignore[arg-type]
    query = (
        select(AnswerQuestion.question_id, Answer.id, Reply.issued_on, Answer.re_answer_due, Letter)
        .join(Answer, Answer.id == AnswerQuestion.answer_id)
        .join(Reply, Reply.id == Answer.reply_id)
        .join(Letter, Letter.key == Answer.letter_key)
        .where(Answer.letter_key.in_(keys))
        .order_by(Reply.issued_on, Answer.position)
    )
    said: dict[str, list[Said]] = {}
    letters: dict[str, Letter] = {}
    for question, answer, issued, due, letter in session.execute(query):
        if issued is not None:
            said.setdefault(question, []).append(Said(answer, issued, due))
        letters[question] = letter
    return said, letters


def _words(session: Session, today: date) -> Iterator[Waiting]:
    query = select(SenderWord, Letter).join(Question, Question.id == SenderWord.question_id)
    rows = session.execute(query.join(Letter, Letter.key == Question.letter_key)).all()
    said, _letters = _said(session, Answer.id.in_([word.answer_id for word, _letter in rows])) if rows else ({}, {})
    given = _departments(session, [word.question_id for word, _letter in rows])
    for word, letter in rows:
        answers = said.get(word.question_id, [])
        if answers and answers[-1].answer != word.answer_id:
            continue  # a later answer came
        stage, duty = (Stage.READ, Duty.ACKNOWLEDGE) if word.released_at is None else (Stage.LATER, Duty.ANSWER)
        day = day_in_japan(word.said_at)
        rule = clock.period(duty, day)
        due = rule.due(day)
        late = clock.overdue_days(due, done=None, today=today)
        whose = frozenset({given[word.question_id]}) if word.question_id in given else frozenset[str]()
        yield Waiting(stage, letter, due, late, rule, _codes([word.question_id]), whose, word)


def _departments(session: Session, questions: list[str]) -> Mapping[str, str]:
    query = select(Assignment.question_id, Assignment.department_id).where(Assignment.question_id.in_(questions))
    return {row[0]: row[1] for row in session.execute(query)}


def _codes(questions: Iterable[str]) -> tuple[str, ...]:
    return tuple(question.partition("/")[2] for question in questions)
