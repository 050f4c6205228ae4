"""A letter in the hands of its sender: opened with its number and access code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.models.answers import Answer, AnswerQuestion
from content.models.intake import Intake
from content.models.letter_work import SenderWord
from content.models.letters import Letter
from content.models.questions import Question
from content.models.replies import Reply
from content.rules.question_letters.filing import letter_case
from portal.core import code_lock
from portal.core.actor import Actor, ActorKind
from portal.core.sealed import open_json, open_text
from portal.core.vault import CaseKey

TABLE = Intake.__tablename__
_NUMBER = re.compile(r"q?-?(\d{4})-?(\d{1,6})")
_BETWEEN = re.compile(r"[\s‐‑‒–—―−ー_./]")


@dataclass(frozen=True, repr=False)
class OpenedLetter:
    """``key`` opens what is sealed of it; ``actor`` acts for its sender."""

    letter: Letter
    intake: Intake
    key: CaseKey
    actor: Actor

    @property
    def contact(self) -> Mapping[str, str]:
        """Name, person, address, mail and telephone as they were given."""
        found: dict[str, str] = open_json(self.key, TABLE, "contact", self.letter.key, self.intake.contact)
        return found

    @property
    def original(self) -> str:
        """The letter as it came, code point for code point."""
        return open_text(self.key, TABLE, "original", self.letter.key, self.intake.original)


@dataclass(frozen=True)
class Item:
    """A question as its sender may speak of it: its last answer, with the letter that gave it, and what was said."""

    question: Question
    answer: Answer | None
    reply: Reply | None
    words: tuple[SenderWord, ...]


def sender(key: str) -> Actor:
    """The sender of a letter as an actor; the id is the letter's."""
    return Actor(ActorKind.RESIDENT, key)


def read_number(text: str) -> str | None:
    """The key of a letter by its number as typed, in any width, with or without q and hyphens; None for no number."""
    plain = _BETWEEN.sub("-", unicodedata.normalize("NFKC", text[:60]).strip().casefold())
    found = _NUMBER.fullmatch(plain)
    return f"q-{found[1]}-{int(found[2]):04d}" if found else None


def open_with_code(session: Session, number: str, code: str) -> OpenedLetter | None:
    """The letter, or None when number and code do not belong together.

    An unknown number costs the same time as a wrong code. Throttling is the caller's duty.
    """
    key = read_number(number)
    intake = session.get(Intake, key) if key else None
    opened = code_lock.open_with_code(letter_case(key or ""), code_lock.lock_of(intake), code)
    return opened_letter(session, intake.letter_key, opened) if intake is not None and opened is not None else None


def opened_letter(session: Session, key: str, opened: CaseKey) -> OpenedLetter | None:
    """A letter whose key is at hand; None where it is not there any more."""
    intake, letter = session.get(Intake, key), session.get(Letter, key)
    if intake is None or letter is None:
        return None
    return OpenedLetter(letter, intake, opened, sender(key))


def items(session: Session, key: str) -> list[Item]:
    """All questions of a letter in their order."""
    words: dict[str, tuple[SenderWord, ...]] = {}
    asked = select(Question).where(Question.letter_key == key).order_by(Question.position)
    said = select(SenderWord).join(Question, Question.id == SenderWord.question_id)
    for word in session.scalars(said.where(Question.letter_key == key).order_by(SenderWord.said_at)):
        words[word.question_id] = (*words.get(word.question_id, ()), word)
    last = _last_answers(session, key)
    found = []
    for question in session.scalars(asked):
        answer, reply = last.get(question.id, (None, None))
        found.append(Item(question, answer, reply, words.get(question.id, ())))
    return found


def _last_answers(session: Session, key: str) -> dict[str, tuple[Answer, Reply]]:
    latest = select(AnswerQuestion.question_id, func.max(Answer.position).label("position"))
    latest = latest.join(Answer, Answer.id == AnswerQuestion.answer_id).where(Answer.letter_key == key)
    newest = latest.group_by(AnswerQuestion.question_id).subquery()
    query = select(newest.c.question_id, Answer, Reply).join(Answer, Answer.position == newest.c.position)
    query = query.join(Reply, Reply.id == Answer.reply_id).where(Answer.letter_key == key)
    return {row[0]: (row[1], row[2]) for row in session.execute(query)}
