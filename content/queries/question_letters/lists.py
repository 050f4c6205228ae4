"""The lists of the register: letters, and single questions, with filters and what each further choice would leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.answers import Answer, AnswerQuestion
from content.models.bodies import Body
from content.models.incidents import Incident
from content.models.letters import Letter
from content.models.questions import Question
from content.models.systems import System
from content.queries.names import bodies
from content.queries.pages import Page, bounds
from content.queries.question_letters.register import department_names, register
from content.queries.vocabulary import every
from content.rules.archive.kinds import AnswerType, WithheldGround
from content.rules.question_letters import finding
from content.rules.question_letters.asking import YES, Asked
from content.rules.question_letters.register import NOBODY, ItemEntry, LetterEntry, Sort
from content.rules.question_letters.senders import SenderKind
from content.rules.question_letters.standing import Standing
from content.rules.question_letters.states import LetterState
from portal.accounts.models import Department
from portal.core.errors import NotFound
from search.text import folded

LETTERS, ITEMS, FEW = 20, 20, 10
AT_ONCE = 500
# The facets that a form offers; an incident and a letter are asked by links.
OFFERED = ("state", "standing", "overdue", "sender", "ground", "type", "department", "year", "system")
ORDERED: dict[str, tuple[str, ...]] = {
    "state": tuple(LetterState),
    "standing": tuple(Standing),
    "overdue": (YES,),
    "sender": tuple(SenderKind),
    "ground": tuple(WithheldGround),
    "type": tuple(AnswerType),
}


@dataclass(frozen=True)
class LetterLine:
    """A letter in the register. A filed one has no bodies: its sender may have a name, its addressee is this body."""

    letter: Letter
    entry: LetterEntry
    sender: Body | None
    addressee: Body | None

    @property
    def questions(self) -> int:
        return len(self.entry.items)

    @property
    def answers(self) -> int:
        return self.entry.answers


@dataclass(frozen=True)
class ItemLine:
    """A question in the list. ``department`` is whose work it was; None where that is not recorded."""

    question: Question
    letter: Letter
    entry: ItemEntry
    department: Department | None


@dataclass(frozen=True)
class Choice:
    """A value of a filter with how many it would leave; ``item`` carries its names where it has some."""

    value: str
    count: int
    item: System | Department | Incident | Letter | None = None


def list_letters(session: Session, asked: Asked, *, today: date, number: int, size: int = LETTERS) -> Page[LetterLine]:
    """A page of the letters that fit, in order."""
    held = register(session)
    found = finding.letters(held, asked, _words(asked), today)
    nearest, pages, first = bounds(number, found.bit_count(), size)
    entries = held.letters.part(found, asked.sort, first=first, size=size)
    return Page(tuple(letter_lines(session, entries)), nearest, pages, found.bit_count())


def list_items(session: Session, asked: Asked, *, today: date, number: int, size: int = ITEMS) -> Page[ItemLine]:
    """A page of the questions that fit, in order."""
    held = register(session)
    found = finding.items(held, asked, today)
    nearest, pages, first = bounds(number, found.bit_count(), size)
    entries = held.items.part(found, asked.sort, first=first, size=size)
    return Page(tuple(item_lines(session, entries)), nearest, pages, found.bit_count())


def all_letters(session: Session, asked: Asked, *, today: date) -> Iterator[LetterLine]:
    """Every letter that fits, read some at a time."""
    held = register(session)
    entries = held.letters.part(finding.letters(held, asked, _words(asked), today), asked.sort)
    for first in range(0, len(entries), AT_ONCE):
        yield from letter_lines(session, entries[first : first + AT_ONCE])
        session.expunge_all()


def all_items(session: Session, asked: Asked, *, today: date) -> Iterator[ItemLine]:
    """Every question that fits, read some at a time."""
    held = register(session)
    entries = held.items.part(finding.items(held, asked, today), asked.sort)
    for first in range(0, len(entries), AT_ONCE):
        yield from item_lines(session, entries[first : first + AT_ONCE])
        session.expunge_all()


def letter_lines(session: Session, entries: Sequence[LetterEntry]) -> list[LetterLine]:
    """Letters with what a list shows of them, in the same order."""
    found = {one.key: one for one in _some(session, Letter, Letter.key, [entry.key for entry in entries])}
    names = bodies(session, [key for one in found.values() for key in (one.sender_key, one.addressee_key) if key])
    return [
        LetterLine(letter, entry, names.get(letter.sender_key or ""), names.get(letter.addressee_key or ""))
        for entry in entries
        if (letter := found.get(entry.key)) is not None
    ]


def item_lines(session: Session, entries: Sequence[ItemEntry]) -> list[ItemLine]:
    """Questions with what a list shows of them, in the same order."""
    questions = {one.id: one for one in _some(session, Question, Question.id, [entry.id for entry in entries])}
    letters = {one.key: one for one in _some(session, Letter, Letter.key, {entry.letter for entry in entries})}
    departments = department_names(session)
    return [
        ItemLine(question, letters[entry.letter], entry, departments.get(entry.department))
        for entry in entries
        if (question := questions.get(entry.id)) is not None
    ]


def letter_choices(session: Session, asked: Asked, *, today: date) -> dict[str, list[Choice]]:
    """The values of each filter of letters that leave at least one, and the one that is chosen."""
    return _choices(session, asked, finding.letter_counts(register(session), asked, _words(asked), today))


def item_choices(session: Session, asked: Asked, *, today: date) -> dict[str, list[Choice]]:
    """The same of questions."""
    return _choices(session, asked, finding.item_counts(register(session), asked, today))


def _choices(session: Session, asked: Asked, counts: finding.Counts) -> dict[str, list[Choice]]:
    systems = every(session, System)
    departments = department_names(session)
    items: dict[str, Mapping[str, Any]] = {"system": systems, "department": departments}
    for name, model in (("incident", Incident), ("letter", Letter)):
        if chosen := asked.facets.get(name):
            items[name] = {chosen: session.get(model, chosen)}
    orders: dict[str, Iterable[str]] = {
        **ORDERED,
        "year": sorted(counts.get("year", ()), reverse=True),
        "system": systems,
        "department": [*sorted(departments, key=lambda one: departments[one].name_ja), NOBODY],
        **{name: [asked.facets[name]] for name in ("incident", "letter") if name in asked.facets},
    }
    return {
        facet: [
            Choice(value, found.get(value, 0), items.get(facet, {}).get(value))
            for value in orders.get(facet, ())
            if value in found or value == asked.facets.get(facet)
        ]
        for facet, found in counts.items()
    }


def _some(session: Session, model: Any, column: Any, keys: Iterable[str]) -> Iterable[Any]:
    wanted = list(keys)
    return session.scalars(select(model).where(column.in_(wanted))) if wanted else ()


def _words(asked: Asked) -> list[str]:
    return folded(asked.words).split()


def newest(session: Session) -> LetterLine | None:
    """The letter that came last."""
    held = register(session)
    found = letter_lines(session, held.letters.part(held.letters.all, Sort.DAY, size=1))
    return found[0] if found else None


@dataclass(frozen=True)
class About:
    """The questions about one thing: how many, how many of them are open and overdue, and the latest few.

    ``answers``: by the id of a question among these, what was answered last.
    """

    total: int
    open: int
    overdue: int
    lines: tuple[ItemLine, ...]
    answers: Mapping[str, Answer]


def about(session: Session, facet: str, key: str, *, today: date) -> About:
    """The questions that refer to an incident or a system (``facet``)."""
    held = register(session)
    found = held.items.having(facet, key)
    lines = tuple(item_lines(session, held.items.part(found, Sort.DAY, size=FEW)))
    return About(
        found.bit_count(),
        (found & held.open_items()).bit_count(),
        (found & held.overdue_items(today)).bit_count(),
        lines,
        _last_answers(session, [line.question.id for line in lines]),
    )


def _last_answers(session: Session, questions: Sequence[str]) -> dict[str, Answer]:
    if not questions:
        return {}
    query = select(AnswerQuestion.question_id, Answer).join(Answer, Answer.id == AnswerQuestion.answer_id)
    query = query.where(AnswerQuestion.question_id.in_(questions)).order_by(Answer.position)
    return {row.question_id: row.Answer for row in session.execute(query)}


@dataclass(frozen=True)
class Now:
    """How many questions wait for an answer or for what was put off, and how many of these are overdue."""

    open: int
    overdue: int


def standing_now(session: Session, *, today: date) -> Now:
    """What is open in the register today."""
    held = register(session)
    return Now(held.open_items().bit_count(), held.overdue_items(today).bit_count())


def entry_of(session: Session, key: str) -> LetterEntry:
    """A letter's entry in the register; NotFound."""
    held = register(session).letters
    entry = held.entries[held.slots[key]] if key in held.slots else None
    if entry is None:
        raise NotFound
    return entry
