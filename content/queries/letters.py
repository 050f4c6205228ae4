"""A question letter with each answer under its questions."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.models.answers import Answer, AnswerLink, AnswerQuestion, AnswerTypeOf
from content.models.bodies import Body
from content.models.figures import Figure
from content.models.incidents import Incident
from content.models.letter_work import LetterStep
from content.models.letters import Group, GroupIncident, Letter, LetterBlock, Section
from content.models.questions import Question
from content.models.systems import System
from content.queries.names import Citations, bodies, citations
from content.rules import answers as answer_rules
from content.rules.archive.kinds import GroupRole
from content.rules.days import AnswerTime, answer_time
from content.rules.owners import Owner
from content.rules.question_letters.states import READABLE
from portal.core.errors import NotFound


@dataclass(frozen=True)
class LetterLine:
    """A letter and what is counted of it. A filed one has no bodies: its sender may have a name; it came to us."""

    letter: Letter
    sender: Body | None
    addressee: Body | None
    questions: int
    answers: int
    time: AnswerTime


@dataclass(frozen=True)
class AnswerView:
    """An answer with its types, what it answers and what it points at."""

    answer: Answer
    types: tuple[str, ...]
    questions: tuple[Question, ...]
    links: tuple[Incident | System | Figure | Letter | str, ...]

    @property
    def declines(self) -> bool:
        return answer_rules.declines(self.types)


@dataclass(frozen=True)
class Exchange:
    """Questions that are answered together, in their order, and the answers to them."""

    questions: tuple[Question, ...]
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True)
class GroupView:
    """A group with the incidents that it is about; ``group`` None: questions that stand in the section itself."""

    group: Group | None
    incidents: tuple[Incident, ...]
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True)
class SectionView:
    section: Section
    facts: tuple[GroupView, ...]
    groups: tuple[GroupView, ...]


@dataclass(frozen=True)
class LetterPage:
    """``questions`` are in the letter's order.

    ``blocks`` and ``steps`` are of a filed letter: what it says in its order, and what happened to it.
    """

    line: LetterLine
    sections: tuple[SectionView, ...]
    answers: tuple[AnswerView, ...]
    cited: Citations
    questions: tuple[Question, ...] = ()
    blocks: tuple[LetterBlock, ...] = ()
    steps: tuple[LetterStep, ...] = ()

    def answers_to(self, code: str) -> tuple[AnswerView, ...]:
        """The answers to a question, the earliest first."""
        return tuple(view for view in self.answers if any(question.code == code for question in view.questions))

    @property
    def declined(self) -> tuple[AnswerView, ...]:
        """Answers that hold something back."""
        return tuple(view for view in self.answers if view.declines)

    @property
    def type_counts(self) -> dict[str, int]:
        """How many answers are of each type; an answer may be of several."""
        found: dict[str, int] = {}
        for view in self.answers:
            for kind in view.types:
                found[kind] = found.get(kind, 0) + 1
        return dict(sorted(found.items(), key=lambda pair: int(pair[0][1:])))


def _line(session: Session, letter: Letter, *, today: date) -> LetterLine:
    names = bodies(session, [key for key in (letter.sender_key, letter.addressee_key) if key])
    return LetterLine(
        letter=letter,
        sender=names.get(letter.sender_key or ""),
        addressee=names.get(letter.addressee_key or ""),
        questions=_count(session, Question, letter.key),
        answers=_count(session, Answer, letter.key),
        time=answer_time(
            letter.received_on or letter.sent_on,
            asked=letter.asked_due_on,
            answered=letter.answered_on,
            today=today,
        ),
    )


def _count(session: Session, model: type[Question] | type[Answer], key: str) -> int:
    return session.scalar(select(func.count()).where(model.letter_key == key)) or 0


def letter_page(session: Session, key: str, *, today: date) -> LetterPage:
    """A letter's whole page; raises NotFound. What a letter says is left out unless anybody may read it."""
    letter = session.get(Letter, key)
    if letter is None:
        raise NotFound
    line = _line(session, letter, today=today)
    steps = session.scalars(select(LetterStep).where(LetterStep.letter_key == key).order_by(LetterStep.position)).all()
    if letter.state not in READABLE:
        return LetterPage(line, (), (), citations(session, Owner.LETTER, key), steps=tuple(steps))
    questions = session.scalars(select(Question).where(Question.letter_key == key).order_by(Question.position)).all()
    answers = _answers(session, key, {question.id: question for question in questions})
    groups = session.scalars(select(Group).where(Group.letter_key == key).order_by(Group.number)).all()
    about = _about(session, [group.id for group in groups])
    sections = []
    for section in session.scalars(select(Section).where(Section.letter_key == key).order_by(Section.number)):
        inside = [group for group in groups if group.section_id == section.id]
        loose = [q for q in questions if q.section_id == section.id and q.group_id is None]
        views = [
            GroupView(g, about.get(g.id, ()), _exchanges([q for q in questions if q.group_id == g.id], answers))
            for g in inside
            if g.role == GroupRole.QUESTION
        ]
        views += [GroupView(None, (), (exchange,)) for exchange in _exchanges(loose, answers)]
        views.sort(key=_place)
        facts = tuple(GroupView(g, about.get(g.id, ()), ()) for g in inside if g.role == GroupRole.FACT)
        sections.append(SectionView(section, facts, tuple(views)))
    blocks = session.scalars(select(LetterBlock).where(LetterBlock.letter_key == key).order_by(LetterBlock.position))
    cited = citations(session, Owner.LETTER, key)
    return LetterPage(line, tuple(sections), tuple(answers), cited, tuple(questions), tuple(blocks), tuple(steps))


def _answers(session: Session, key: str, questions: dict[str, Question]) -> list[AnswerView]:
    found = session.scalars(select(Answer).where(Answer.letter_key == key).order_by(Answer.position)).all()
    ids = [answer.id for answer in found]
    types: dict[str, list[str]] = {}
    for kind in session.scalars(
        select(AnswerTypeOf).where(AnswerTypeOf.answer_id.in_(ids)).order_by(AnswerTypeOf.position)
    ):
        types.setdefault(kind.answer_id, []).append(kind.type)
    answered: dict[str, list[Question]] = {}
    for pair in session.scalars(select(AnswerQuestion).where(AnswerQuestion.answer_id.in_(ids))):
        answered.setdefault(pair.answer_id, []).append(questions[pair.question_id])
    links: dict[str, list[Incident | System | Figure | Letter | str]] = {}
    for link in session.scalars(select(AnswerLink).where(AnswerLink.answer_id.in_(ids)).order_by(AnswerLink.position)):
        target = _target(session, link)
        if target is not None:
            links.setdefault(link.answer_id, []).append(target)
    return [
        AnswerView(
            answer,
            tuple(types.get(answer.id, ())),
            tuple(sorted(answered.get(answer.id, ()), key=lambda question: question.position)),
            tuple(links.get(answer.id, ())),
        )
        for answer in found
    ]


def _target(session: Session, link: AnswerLink) -> Incident | System | Figure | Letter | str | None:
    if link.incident_key:
        return session.get(Incident, link.incident_key)
    if link.system_key:
        return session.get(System, link.system_key)
    if link.letter_key:
        return session.get(Letter, link.letter_key)
    return session.get(Figure, link.figure_key) if link.figure_key else link.url


def _exchanges(questions: list[Question], answers: list[AnswerView]) -> tuple[Exchange, ...]:
    """Neighbouring questions with the same answers stand together."""
    found: list[Exchange] = []
    for question in questions:
        given = tuple(view for view in answers if question in view.questions)
        if found and given and found[-1].answers == given:
            found[-1] = Exchange((*found[-1].questions, question), given)
        else:
            found.append(Exchange((question,), given))
    return tuple(found)


def _place(view: GroupView) -> int:
    """Where a group stands in the letter: at its first question; one without any at the end."""
    return min((q.position for exchange in view.exchanges for q in exchange.questions), default=sys.maxsize)


def _about(session: Session, groups: list[str]) -> dict[str, tuple[Incident, ...]]:
    query = select(GroupIncident.group_id, Incident).join(Incident, Incident.key == GroupIncident.incident_key)
    found: dict[str, tuple[Incident, ...]] = {}
    for group, incident in session.execute(query.where(GroupIncident.group_id.in_(groups)).order_by(Incident.sort_on)):
        found[group] = (*found.get(group, ()), incident)
    return found
