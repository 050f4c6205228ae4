"""The register of all question letters, kept in this process and brought up to date by what each revision changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from content.models.answers import Answer, AnswerQuestion, AnswerTypeOf
from content.models.letter_work import Assignment, QuestionLink
from content.models.letters import GroupIncident, Letter
from content.models.questions import Question
from content.models.replies import Reply
from content.queries.held import Held
from content.rules.owners import Owner
from content.rules.question_letters.register import NOBODY, ItemEntry, LetterEntry, Register
from content.rules.question_letters.standing import Given, stands
from content.rules.question_letters.states import READABLE, LetterState
from portal.accounts.models import Department
from search.text import folded

AT_ONCE = 200


def register(session: Session) -> Register:
    """Every letter and every question that is public, as of this session's view of the record."""
    return _HELD.of(session)


def entries(session: Session, keys: Collection[str] | None = None) -> list[LetterEntry]:
    """The entries of these letters, or of all."""
    if keys is None:
        return _entries(session, None)
    wanted = sorted(keys)
    return [
        entry
        for first in range(0, len(wanted), AT_ONCE)
        for entry in _entries(session, wanted[first : first + AT_ONCE])
    ]


def _read(session: Session) -> Register:
    return Register.of(entries(session))


def _renew(session: Session, held: Register, keys: Collection[str]) -> Register:
    found = {entry.key: entry for entry in entries(session, keys)}
    return held.changed({key: found.get(key) for key in keys})


_HELD = Held(_read, _renew, Owner.LETTER)


def department_names(session: Session) -> dict[str, Department]:
    """All departments by id, as of the last change of a letter; they belong to no session: never change them."""
    return _DEPARTMENTS.of(session)


def _departments(session: Session) -> dict[str, Department]:
    rows = session.execute(select(*inspect(Department).local_table.columns)).mappings()
    return {row["id"]: Department(**row) for row in rows}


_DEPARTMENTS = Held(_departments, lambda session, _held, _keys: _departments(session), Owner.LETTER)


def _entries(session: Session, keys: Collection[str] | None) -> list[LetterEntry]:
    def some(query: Any, column: InstrumentedAttribute[str]) -> Any:
        return session.execute(query if keys is None else query.where(column.in_(keys)))

    columns = (
        Letter.key, Letter.sent_on, Letter.received_on, Letter.state, Letter.sender_kind, Letter.filed,
        Letter.answer_due_on, Letter.asked_due_on, Letter.answered_on, Letter.title_ja, Letter.title_en,
    )  # fmt: skip
    letters = list(some(select(*columns).order_by(Letter.sent_on, Letter.key), Letter.key))
    came = {one.key: one.received_on or one.sent_on for one in letters}
    given = _given(some, {one.key: one.answered_on for one in letters})
    answers = Counter(some(select(Answer.letter_key), Answer.letter_key).scalars())
    incidents, systems = _links(some)
    assigned = select(Assignment.question_id, Assignment.department_id)
    departments = {row.question_id: row.department_id for row in some(assigned, Assignment.letter_key)}
    of_groups: dict[str, tuple[str, ...]] = {}
    about = select(GroupIncident.group_id, GroupIncident.incident_key)
    for group, incident in session.execute(about.order_by(GroupIncident.incident_key)):
        of_groups[group] = (*of_groups.get(group, ()), incident)
    states = {one.key: (LetterState(one.state), one.answer_due_on) for one in letters}
    items: dict[str, list[ItemEntry]] = {}
    asked = select(Question.id, Question.letter_key, Question.group_id, Question.position)
    for row in some(asked.order_by(Question.letter_key, Question.position), Question.letter_key):
        state, due = states[row.letter_key]
        if state not in READABLE:
            continue
        linked = (*of_groups.get(row.group_id or "", ()), *incidents.get(row.id, ()))
        items.setdefault(row.letter_key, []).append(
            ItemEntry(
                id=row.id,
                letter=row.letter_key,
                position=row.position,
                asked=came[row.letter_key],
                stands=stands(state, due, given.get(row.id, ())),
                department=departments.get(row.id, NOBODY),
                systems=tuple(dict.fromkeys(systems.get(row.id, ()))),
                incidents=tuple(dict.fromkeys(linked)),
            )
        )
    return [
        LetterEntry(
            key=one.key,
            came=came[one.key],
            state=one.state,
            sender=one.sender_kind,
            filed=one.filed,
            due=one.answer_due_on,
            wished=one.asked_due_on,
            answered=one.answered_on,
            words=folded(f"{one.title_ja} {one.title_en} {one.key}"),
            answers=answers[one.key] if one.state in READABLE else 0,
            items=tuple(items.get(one.key, ())),
        )
        for one in letters
    ]


def _given(some: Any, answered: dict[str, date | None]) -> dict[str, tuple[Given, ...]]:
    """The answers to each question in their order; those of the archive were given by one letter."""
    replies = {row.id: row for row in some(select(Reply.id, Reply.number, Reply.issued_on), Reply.letter_key)}
    types: dict[str, tuple[str, ...]] = {}
    kinds = select(AnswerTypeOf.answer_id, AnswerTypeOf.type).join(Answer, Answer.id == AnswerTypeOf.answer_id)
    for answer, kind in some(kinds.order_by(AnswerTypeOf.answer_id, AnswerTypeOf.position), Answer.letter_key):
        types[answer] = (*types.get(answer, ()), kind)
    columns = (Answer.id, Answer.letter_key, Answer.withheld_ground, Answer.re_answer_due, Answer.reply_id)
    query = select(*columns, AnswerQuestion.question_id).join(AnswerQuestion, AnswerQuestion.answer_id == Answer.id)
    found: dict[str, tuple[Given, ...]] = {}
    for row in some(query.order_by(Answer.letter_key, Answer.position), Answer.letter_key):
        reply = replies.get(row.reply_id)
        one = Given(
            day=reply.issued_on if reply else answered[row.letter_key],
            reply=reply.number if reply else 0,
            types=types.get(row.id, ()),
            ground=row.withheld_ground,
            due=row.re_answer_due,
        )
        found[row.question_id] = (*found.get(row.question_id, ()), one)
    return found


def _links(some: Any) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The incidents and the systems that each question refers to."""
    incidents: dict[str, tuple[str, ...]] = {}
    systems: dict[str, tuple[str, ...]] = {}
    query = select(QuestionLink.question_id, QuestionLink.incident_key, QuestionLink.system_key)
    query = query.join(Question, Question.id == QuestionLink.question_id).order_by(QuestionLink.id)
    for question, incident, system in some(query, Question.letter_key):
        if incident:
            incidents[question] = (*incidents.get(question, ()), incident)
        if system:
            systems[question] = (*systems.get(question, ()), system)
    return incidents, systems
