"""A filed letter with all that followed: each question with its answers, what was promised, what its sender said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.answers import Answer
from content.models.incidents import Incident
from content.models.letter_work import SenderWord
from content.models.letters import Letter, LetterBlock
from content.models.questions import Question
from content.models.replies import Reply
from content.models.systems import System
from content.queries.letters import AnswerView, LetterPage, letter_page
from content.queries.question_letters.letter_work import refers_of, words_of
from content.rules.question_letters import exchanges, promises, quoting
from content.rules.question_letters.blocks import BlockKind
from content.rules.question_letters.clock import overdue_days
from content.rules.question_letters.exchanges import Answering
from content.rules.question_letters.promises import Promise, PromiseState, Said
from content.rules.question_letters.states import WAITING, ReplyKind, ReplyState
from content.rules.text_diff import Row
from portal.core.errors import NotFound
from portal.letters.models.register import IssuedLetter


@dataclass(frozen=True)
class IssuedReply:
    """A letter that went out. ``token`` is that of its page in the register; ``unanswered``: why, by question id."""

    id: str
    number: int
    kind: ReplyKind
    issued_on: date
    letter_number: str
    preface: str
    promised_on: date | None
    unanswered: Mapping[str, str]
    token: str
    sha256: str


@dataclass(frozen=True)
class GivenAnswer:
    """An answer with the letter that gave it; ``places``: how its questions are named in the letter that asked.

    ``follows``: the code of the answer that it goes on with, and its position.
    """

    view: AnswerView
    reply: IssuedReply
    places: tuple[str, ...]
    follows: str | None
    follows_position: int = 0

    @property
    def answer(self) -> Answer:
        return self.view.answer


@dataclass(frozen=True)
class Part:
    """A part of the letter in its order, and of a question what stands behind it.

    ``answers`` stand here, ``elsewhere`` further up, ``below`` behind a question that follows. ``quoted``: how it was
    quoted where that is otherwise, and the ``departure``; ``left``: letters that left it without an answer, and why.
    """

    block: LetterBlock
    place: str = ""
    answers: tuple[GivenAnswer, ...] = ()
    elsewhere: tuple[GivenAnswer, ...] = ()
    below: tuple[GivenAnswer, ...] = ()
    quoted: str | None = None
    departure: tuple[Row, ...] = ()
    left: tuple[tuple[IssuedReply, str], ...] = ()
    promised: tuple[Promise, ...] = ()
    words: tuple[SenderWord, ...] = ()
    linked: tuple[Incident | System | Question, ...] = ()


@dataclass(frozen=True)
class Exchange:
    """``overdue``: how many days after its day the letter was answered, or waits. ``place_of``: by question id."""

    page: LetterPage
    parts: tuple[Part, ...]
    replies: tuple[IssuedReply, ...]
    answers: tuple[GivenAnswer, ...]
    place_of: Mapping[str, str]
    overdue: int
    today: date

    @property
    def letter(self) -> Letter:
        return self.page.line.letter

    @cached_property
    def promised(self) -> tuple[Promise, ...]:
        """Everything that was put off, in the order of the letter."""
        return tuple(one for part in self.parts for one in part.promised)

    @property
    def waiting(self) -> tuple[Promise, ...]:
        """What was put off and is not answered yet."""
        return tuple(one for one in self.promised if one.state in promises.WAITING)

    @property
    def overdue_items(self) -> tuple[Promise, ...]:
        """What was put off and whose day has passed."""
        return tuple(one for one in self.promised if one.state is PromiseState.OVERDUE)

    @property
    def left_open(self) -> tuple[Part, ...]:
        """Questions that have no answer, though the letter was answered."""
        return tuple(part for part in self.parts if part.left and not (part.answers or part.elsewhere or part.below))

    @property
    def departing(self) -> tuple[Part, ...]:
        """Questions that an answer quotes otherwise than they were asked."""
        return tuple(part for part in self.parts if part.departure)

    @property
    def interim(self) -> IssuedReply | None:
        """The latest letter that only promised the answer, while that is waited for."""
        if self.letter.state not in WAITING:
            return None
        found = [reply for reply in self.replies if reply.kind is ReplyKind.INTERIM]
        return found[-1] if found else None

    @property
    def interim_late(self) -> int:
        """How many days after the day that the interim letter promised."""
        interim = self.interim
        return overdue_days(interim.promised_on, done=None, today=self.today) if interim and interim.promised_on else 0

    def reply_of(self, answer_id: str) -> IssuedReply:
        """The letter that gave an answer."""
        return next(one.reply for one in self.answers if one.answer.id == answer_id)


def exchange(session: Session, key: str, *, today: date) -> Exchange:
    """A filed letter; raises NotFound for what is none."""
    page = letter_page(session, key, today=today)
    letter = page.line.letter
    if not letter.filed:
        raise NotFound
    replies = issued_replies(session, key) if page.blocks else ()
    by_id = {reply.id: reply for reply in replies}
    names = exchanges.names((block.kind, block.code, block.label) for block in page.blocks)
    positions = {view.answer.id: view.answer.position for view in page.answers}
    given = tuple(_given(view, by_id, names, positions) for view in page.answers if view.answer.reply_id in by_id)
    parts = tuple(_parts(session, page, given, replies, names, today)) if page.blocks else ()
    waits = letter.state in WAITING or letter.answered_on
    late = overdue_days(letter.answer_due_on or today, done=letter.answered_on, today=today) if waits else 0
    place_of = {question.id: names.get(question.code, question.code) for question in page.questions}
    return Exchange(page, parts, replies, given, place_of, late, today)


def issued_replies(session: Session, key: str) -> tuple[IssuedReply, ...]:
    """The letters that went out about a letter, the first first; without their files."""
    columns = (
        Reply.id, Reply.number, Reply.kind, Reply.issued_on, Reply.letter_number, Reply.preface, Reply.promised_on,
        Reply.unanswered, IssuedLetter.token, IssuedLetter.sha256,
    )  # fmt: skip
    query = select(*columns).join(IssuedLetter, IssuedLetter.id == Reply.register_id)
    query = query.where(Reply.letter_key == key, Reply.state == ReplyState.ISSUED).order_by(Reply.number)
    return tuple(
        IssuedReply(
            id=row.id,
            number=row.number,
            kind=ReplyKind(row.kind),
            issued_on=row.issued_on,
            letter_number=row.letter_number or "",
            preface=row.preface,
            promised_on=row.promised_on,
            unanswered=row.unanswered,
            token=row.token,
            sha256=row.sha256,
        )
        for row in session.execute(query)
        if row.issued_on is not None
    )


def reply_file(session: Session, key: str, number: int) -> bytes:
    """The PDF of a letter that went out; raises NotFound."""
    query = select(Reply.pdf).where(Reply.letter_key == key, Reply.number == number, Reply.state == ReplyState.ISSUED)
    data = session.scalar(query)
    if data is None:
        raise NotFound
    return data


def _given(
    view: AnswerView, replies: Mapping[str, IssuedReply], names: Mapping[str, str], positions: Mapping[str, int]
) -> GivenAnswer:
    places, follows = tuple(names.get(one.code, one.code) for one in view.questions), view.answer.follows
    reply = replies[view.answer.reply_id or ""]
    if follows is None:
        return GivenAnswer(view, reply, places, None)
    return GivenAnswer(view, reply, places, follows.rpartition("/")[2], positions.get(follows, 0))


def _parts(
    session: Session,
    page: LetterPage,
    given: tuple[GivenAnswer, ...],
    replies: tuple[IssuedReply, ...],
    names: Mapping[str, str],
    today: date,
) -> list[Part]:
    key = page.line.letter.key
    questions = {question.code: question for question in page.questions}
    at = {one.answer.id: place for place, one in enumerate(given)}
    behind = exchanges.places(
        list(questions),
        [Answering(tuple(q.code for q in one.view.questions), at.get(one.answer.follows or "")) for one in given],
    )
    said = _said(given)
    words, linked = words_of(session, key), _linked(session, key)
    found = []
    for block in page.blocks:
        question = questions.get(block.code) if block.kind == BlockKind.QUESTION else None
        if question is None:
            found.append(Part(block, names.get(block.code, "")))
            continue
        here = behind[question.code]
        found.append(
            Part(
                block=block,
                place=names.get(block.code, block.code),
                answers=tuple(given[place] for place in here.answers),
                elsewhere=tuple(given[place] for place in here.elsewhere),
                below=tuple(
                    one
                    for place, one in enumerate(given)
                    if question in one.view.questions and place not in (*here.answers, *here.elsewhere)
                ),
                quoted=question.quoted_ja if _departs(question) else None,
                departure=_departure(question),
                left=tuple((one, one.unanswered[question.id]) for one in replies if question.id in one.unanswered),
                promised=promises.promises(question.id, said.get(question.id, ()), today=today),
                words=words.get(question.id, ()),
                linked=linked.get(question.id, ()),
            )
        )
    return found


def _said(given: tuple[GivenAnswer, ...]) -> dict[str, tuple[Said, ...]]:
    found: dict[str, tuple[Said, ...]] = {}
    for one in given:
        told = Said(one.answer.id, one.reply.issued_on, one.answer.re_answer_due, one.reply.number)
        for question in one.view.questions:
            found[question.id] = (*found.get(question.id, ()), told)
    return found


def _departs(question: Question) -> bool:
    return question.quoted_ja is not None and quoting.departs(question.text_ja, question.quoted_ja)


def _departure(question: Question) -> tuple[Row, ...]:
    return tuple(quoting.rows(question.text_ja, question.quoted_ja or "")) if _departs(question) else ()


def _linked(session: Session, key: str) -> dict[str, tuple[Incident | System | Question, ...]]:
    """What each question refers to and the public may see."""
    return {
        question: tuple(one.target for one in named if not (isinstance(one.target, Incident) and one.target.withdrawn))
        for question, named in refers_of(session, key).items()
    }
