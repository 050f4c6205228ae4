"""The work on one letter: its questions with whose they are and how far their answers are, its letters, its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.answers import Answer, AnswerQuestion
from content.models.incidents import Incident
from content.models.letter_work import Assignment, QuestionLink, SenderWord
from content.models.letters import Group, Letter, Section
from content.models.questions import Question
from content.models.replies import DraftAnswer, Reply
from content.models.systems import System
from content.queries.question_letters.reply_work import open_items
from content.rules.question_letters.states import REPLIES, ReplyState
from portal.accounts.models import Department
from portal.core.errors import NotFound


@dataclass(frozen=True)
class Refers:
    """What a question refers to: an incident, a system, or an earlier question."""

    link: QuestionLink
    target: Incident | System | Question


@dataclass(frozen=True)
class QuestionWork:
    """``drafts``: its answers in the making; ``answers``: those that went out; ``left_open``: a later one is due."""

    question: Question
    department: Department | None
    assignment: Assignment | None
    drafts: tuple[DraftAnswer, ...]
    answers: tuple[Answer, ...]
    refers: tuple[Refers, ...]
    words: tuple[SenderWord, ...]
    left_open: bool


@dataclass(frozen=True)
class SectionWork:
    section: Section
    questions: tuple[QuestionWork, ...]


@dataclass(frozen=True)
class LetterWork:
    """``replies`` are all letters that answer, discarded ones left out; ``departments`` by id."""

    letter: Letter
    sections: tuple[SectionWork, ...]
    groups: Mapping[str, Group]
    replies: tuple[Reply, ...]
    departments: Mapping[str, Department]

    @property
    def questions(self) -> tuple[QuestionWork, ...]:
        """All questions in the letter's order."""
        return tuple(one for section in self.sections for one in section.questions)

    @property
    def in_the_making(self) -> tuple[Reply, ...]:
        return tuple(reply for reply in self.replies if REPLIES[ReplyState(reply.state)])


def letter_work(session: Session, letter: Letter) -> LetterWork:
    """Everything that the desk shows of an opened letter; nothing of it is sealed."""
    key = letter.key
    replies = session.scalars(
        select(Reply).where(Reply.letter_key == key, Reply.state != ReplyState.DISCARDED).order_by(Reply.number)
    ).all()
    questions = session.scalars(select(Question).where(Question.letter_key == key).order_by(Question.position)).all()
    departments = {row.id: row for row in session.scalars(select(Department))}
    given = {
        row.question_id: row for row in session.scalars(select(Assignment).where(Assignment.letter_key == key)).all()
    }
    drafts = _drafts(session, replies)
    answers = _answers(session, key)
    refers = refers_of(session, key)
    words = words_of(session, key)
    later = open_items(session, key) if answers else {}
    works = [
        QuestionWork(
            question=one,
            department=departments.get(given[one.id].department_id) if one.id in given else None,
            assignment=given.get(one.id),
            drafts=drafts.get(one.id, ()),
            answers=answers.get(one.id, ()),
            refers=refers.get(one.id, ()),
            words=words.get(one.id, ()),
            left_open=one.id in later,
        )
        for one in questions
    ]
    sections = session.scalars(select(Section).where(Section.letter_key == key).order_by(Section.number))
    groups = {row.id: row for row in session.scalars(select(Group).where(Group.letter_key == key))}
    parts = tuple(SectionWork(s, tuple(one for one in works if one.question.section_id == s.id)) for s in sections)
    return LetterWork(letter, parts, groups, tuple(replies), departments)


def find_question(session: Session, letter: Letter, code: str) -> Question:
    """A question of the letter; raises NotFound."""
    found = session.get(Question, f"{letter.key}/{code}")
    if found is None:
        raise NotFound
    return found


def find_word(session: Session, letter: Letter, word_id: str) -> SenderWord:
    """What the sender said of an answer to this letter; raises NotFound."""
    found = session.get(SenderWord, word_id)
    if found is None or not found.question_id.startswith(f"{letter.key}/"):
        raise NotFound
    return found


def _drafts(session: Session, replies: Sequence[Reply]) -> dict[str, tuple[DraftAnswer, ...]]:
    open_ones = [reply.id for reply in replies if REPLIES[ReplyState(reply.state)]]
    found: dict[str, tuple[DraftAnswer, ...]] = {}
    query = select(DraftAnswer).where(DraftAnswer.reply_id.in_(open_ones)).order_by(DraftAnswer.position)
    for draft in session.scalars(query):
        for question in draft.questions:
            found[question] = (*found.get(question, ()), draft)
    return found


def _answers(session: Session, key: str) -> dict[str, tuple[Answer, ...]]:
    query = select(AnswerQuestion.question_id, Answer).join(Answer, Answer.id == AnswerQuestion.answer_id)
    found: dict[str, tuple[Answer, ...]] = {}
    for question, answer in session.execute(query.where(Answer.letter_key == key).order_by(Answer.position)):
        found[question] = (*found.get(question, ()), answer)
    return found


def refers_of(session: Session, key: str) -> dict[str, tuple[Refers, ...]]:
    """What the questions of a letter refer to, by question id."""
    query = select(QuestionLink).join(Question, Question.id == QuestionLink.question_id)
    found: dict[str, tuple[Refers, ...]] = {}
    for link in session.scalars(query.where(Question.letter_key == key).order_by(QuestionLink.id)):
        target: Incident | System | Question
        if link.incident_key:
            target = session.get_one(Incident, link.incident_key)
        elif link.system_key:
            target = session.get_one(System, link.system_key)
        else:
            target = session.get_one(Question, link.earlier_id)
        found[link.question_id] = (*found.get(link.question_id, ()), Refers(link, target))
    return found


def words_of(session: Session, key: str) -> dict[str, tuple[SenderWord, ...]]:
    """What the sender said of the answers to a letter, by question id, the first first."""
    query = select(SenderWord).join(Question, Question.id == SenderWord.question_id)
    found: dict[str, tuple[SenderWord, ...]] = {}
    for word in session.scalars(query.where(Question.letter_key == key).order_by(SenderWord.said_at)):
        found[word.question_id] = (*found.get(word.question_id, ()), word)
    return found
