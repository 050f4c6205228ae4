"""What a letter that answers must say before it may go out, and what its writer is warned of.

A problem stops the letter. A warning does not: answers may be formulaic, and a question may be quoted otherwise than it
was asked, but not unseen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from content.rules import answers
from content.rules.archive.kinds import AnswerType
from content.rules.question_letters import quoting, wording
from content.rules.question_letters.states import ReplyKind
from portal.core.errors import N_

# Who has told the principal (A10) holds back from whoever asks, but names no ground.
NEED_GROUND = frozenset({AnswerType.A5, AnswerType.A6, AnswerType.A7})


@dataclass(frozen=True)
class Part:
    """One answer of the letter: to which questions (their ids), what it says, of which types, and what goes with it.

    ``links`` counts what it points at; ``quoted``: how it quotes a question otherwise, by id; ``follows``: the id of
    the earlier answer that it goes on with.
    """

    questions: tuple[str, ...]
    text: str
    types: tuple[str, ...] = ()
    ground: str | None = None
    due: date | None = None
    links: int = 0
    quoted: Mapping[str, str] = field(default_factory=dict)
    follows: str | None = None


class ProblemKind(StrEnum):
    NOTHING_SAID = "nothing-said"
    NO_QUESTION = "no-question"
    FOREIGN_QUESTION = "foreign-question"
    EMPTY = "empty"
    NO_TYPE = "no-type"
    NO_LINK = "no-link"
    NO_DAY = "no-day"
    DAY_IS_PAST = "day-is-past"
    NO_GROUND = "no-ground"
    NOTHING_DECLINED = "nothing-declined"
    LEFT_OUT = "left-out"
    ANSWERED_AND_NOT = "answered-and-not"
    NO_REASON = "no-reason"
    NOT_OPEN = "not-open"
    NO_PROMISE = "no-promise"
    PROMISE_IS_PAST = "promise-is-past"
    INTERIM_ANSWERS = "interim-answers"


PROBLEMS: dict[ProblemKind, str] = {
    ProblemKind.NOTHING_SAID: N_("The letter has no answer yet."),
    ProblemKind.NO_QUESTION: N_("The answer belongs to no question."),
    ProblemKind.FOREIGN_QUESTION: N_("The answer belongs to a question that the letter does not ask."),
    ProblemKind.EMPTY: N_("The answer is empty."),
    ProblemKind.NO_TYPE: N_("Say how the answer answers."),
    ProblemKind.NO_LINK: N_("An answer that points to something published must say where it is."),
    ProblemKind.NO_DAY: N_("An answer that waits for a review must say by which day the rest follows."),
    ProblemKind.DAY_IS_PAST: N_("The day by which the rest follows must be to come."),
    ProblemKind.NO_GROUND: N_("An answer that holds something back must say on which ground."),
    ProblemKind.NOTHING_DECLINED: N_("A ground is named, but the answer is of no type that holds something back."),
    ProblemKind.LEFT_OUT: N_("This question has no answer. Answer it, or say why it stays without one."),
    ProblemKind.ANSWERED_AND_NOT: N_("This question has an answer, but is also said to have none."),
    ProblemKind.NO_REASON: N_("Say why this question stays without an answer."),
    ProblemKind.NOT_OPEN: N_("Nothing was put off or asked back about this question."),
    ProblemKind.NO_PROMISE: N_("An interim reply must say by which day the answer comes."),
    ProblemKind.PROMISE_IS_PAST: N_("The day by which the answer comes must be to come."),
    ProblemKind.INTERIM_ANSWERS: N_("An interim reply answers no question; it only says when the answer comes."),
}


class WarningKind(StrEnum):
    FORMULA = "formula"
    QUOTED_OTHERWISE = "quoted-otherwise"


WARNINGS: dict[WarningKind, str] = {
    WarningKind.FORMULA: N_("The answer is a formula and says nothing of what was asked."),
    WarningKind.QUOTED_OTHERWISE: N_(
        "The question is quoted otherwise than it was asked. The difference is published."
    ),
}


@dataclass(frozen=True)
class Problem:
    """``part`` is the place of the answer in the letter, from 0; None where it is about a question or the whole."""

    kind: ProblemKind
    part: int | None = None
    question: str | None = None


@dataclass(frozen=True)
class Caution:
    """What the writer of an answer is warned of; ``question`` where it is about one."""

    kind: WarningKind
    question: str | None = None

    @property
    def name(self) -> str:
        """How it is remembered as seen: ``formula``, ``quoted-otherwise:<question>``."""
        return f"{self.kind}:{self.question}" if self.question else str(self.kind)


def problems(
    kind: ReplyKind,
    parts: Sequence[Part],
    *,
    asked: Collection[str],
    unanswered: Mapping[str, str],
    promised_on: date | None,
    today: date,
    open_items: Collection[str] = (),
) -> tuple[Problem, ...]:
    """Everything that keeps the letter from going out; none: it may.

    ``asked`` are the ids of the letter's questions, ``unanswered`` why one stays without an answer, ``open_items`` the
    ids of those that a later letter may answer: put off, left without an answer, or spoken of by the sender.
    """
    return tuple(_problems(kind, parts, asked, unanswered, promised_on, today, open_items))


def _problems(
    kind: ReplyKind,
    parts: Sequence[Part],
    asked: Collection[str],
    unanswered: Mapping[str, str],
    promised_on: date | None,
    today: date,
    open_items: Collection[str],
) -> Iterator[Problem]:
    if kind is ReplyKind.INTERIM:
        if parts:
            yield Problem(ProblemKind.INTERIM_ANSWERS)
        if promised_on is None:
            yield Problem(ProblemKind.NO_PROMISE)
        elif promised_on <= today:
            yield Problem(ProblemKind.PROMISE_IS_PAST)
        return
    if not parts:
        yield Problem(ProblemKind.NOTHING_SAID)
    for place, part in enumerate(parts):
        yield from (Problem(problem, place) for problem in _of_part(part, today))
        for question in part.questions:
            if question not in asked:
                yield Problem(ProblemKind.FOREIGN_QUESTION, place, question)
            elif kind is ReplyKind.LATER and question not in open_items:
                yield Problem(ProblemKind.NOT_OPEN, place, question)
            if question in unanswered:
                yield Problem(ProblemKind.ANSWERED_AND_NOT, place, question)
    answered = {question for part in parts for question in part.questions}
    for question in asked if kind is ReplyKind.ANSWER else ():
        if question in unanswered:
            if not unanswered[question].strip():
                yield Problem(ProblemKind.NO_REASON, question=question)
        elif question not in answered:
            yield Problem(ProblemKind.LEFT_OUT, question=question)


def _of_part(part: Part, today: date) -> Iterator[ProblemKind]:
    if not part.questions:
        yield ProblemKind.NO_QUESTION
    if not part.text.strip():
        yield ProblemKind.EMPTY
    if not part.types:
        yield ProblemKind.NO_TYPE
    if AnswerType.A2 in part.types and not part.links:
        yield ProblemKind.NO_LINK
    if AnswerType.A6 in part.types and part.due is None:
        yield ProblemKind.NO_DAY
    if part.due is not None and part.due <= today:
        yield ProblemKind.DAY_IS_PAST
    if part.ground is None and NEED_GROUND.intersection(part.types):
        yield ProblemKind.NO_GROUND
    if part.ground is not None and part.types and not answers.declines(part.types):
        yield ProblemKind.NOTHING_DECLINED


def cautions(part: Part, asked: Mapping[str, str]) -> tuple[Caution, ...]:
    """What the writer of an answer should have seen; ``asked`` are the questions as they were asked, by id."""
    found = [Caution(WarningKind.FORMULA)] if part.text.strip() and wording.is_formula(part.text) else []
    departing = [one for one in part.questions if one in asked and departs(part, one, asked[one])]
    return (*found, *(Caution(WarningKind.QUOTED_OTHERWISE, one) for one in departing))


def departs(part: Part, question: str, asked: str) -> bool:
    """Whether the answer quotes a question otherwise than it was asked."""
    return question in part.quoted and quoting.departs(asked, part.quoted[question])
