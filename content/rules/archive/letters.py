"""A question letter, its numbered questions and the answers to them: a frozen dataclass per noun."""

from dataclasses import dataclass
from datetime import date

from content.rules.archive.kinds import AnswerType, Channel, GroupRole, WithheldGround
from content.rules.archive.references import SourceRef, written_as


@dataclass(frozen=True, kw_only=True)
class LetterGroup:
    """(1), (2) … within a section. `number` and `role` together are unique there."""

    number: int
    label: str
    role: GroupRole
    title_ja: str
    title_en: str
    incidents: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LetterSection:
    number: int
    label: str
    title_ja: str
    title_en: str
    groups: tuple[LetterGroup, ...] = written_as("group")


@dataclass(frozen=True, kw_only=True)
class Question:
    """`id`: section-group-number, `2-1` where there is no group, `1-8` where the group is itself the question.

    `quoted_*`: how the answering body's quotation departs from the question that was asked, where it does.
    """

    id: str
    label: str
    section: int
    text_ja: str
    text_en: str
    sources: tuple[SourceRef, ...]
    group: int | None = None
    unanswered: bool = False
    quoted_ja: str | None = None
    quoted_en: str | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerLink:
    """Exactly one of the four."""

    incident: str | None = None
    system: str | None = None
    figure: str | None = None
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One 【回答】. `questions`: the ids it answers (n:m)."""

    id: str
    questions: tuple[str, ...]
    types: tuple[AnswerType, ...]
    text_ja: str
    text_en: str
    sources: tuple[SourceRef, ...]
    withheld_ground: WithheldGround | None = None
    re_answer_due: date | None = None
    links: tuple[AnswerLink, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A question letter with its answer. `days_*` are stated in the file and checked against the dates."""

    key: str
    title_ja: str
    title_en: str
    sender: str
    addressee: str
    sent_on: date
    channel: Channel
    sources: tuple[SourceRef, ...]
    asked_due_on: date | None = None
    answered_on: date | None = None
    days_to_answer: int | None = None
    days_over_asked: int | None = None
    note_ja: str | None = None
    note_en: str | None = None
    sections: tuple[LetterSection, ...] = written_as("section")
    questions: tuple[Question, ...] = written_as("question")
    answers: tuple[Answer, ...] = written_as("answer")
