"""What a letter consists of, in its order. Every line of text is in exactly one block."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portal.core.errors import N_


class BlockKind(StrEnum):
    DATE = "date"
    ADDRESSEE = "addressee"
    SENDER = "sender"
    TITLE = "title"
    PREFACE = "preface"
    SECTION = "section"
    GROUP = "group"
    FACT = "fact"
    QUESTION = "question"
    PASSAGE = "passage"
    ANSWER = "answer"  # 【回答】 in a letter that answers
    CLOSING = "closing"  # 以上
    CONTACT = "contact"  # what follows it


# What the public reads of a letter. Who sent it is said beside it, where its sender agreed; how to reach them is not.
PUBLIC = frozenset(BlockKind) - {BlockKind.SENDER, BlockKind.CONTACT, BlockKind.ADDRESSEE}


@dataclass(frozen=True)
class Block:
    """``first_line`` and ``last_line`` count from 1. ``code`` is its number in the letter: 1, 1-3, 1-3-2, a fact 1-f2.

    ``label`` is as it was written. ``depth``: how many numbered items it stands in. An answer has the code of the
    question right before it.
    """

    kind: BlockKind
    text: str
    first_line: int
    last_line: int
    code: str = ""
    label: str = ""
    depth: int = 0


class DoubtKind(StrEnum):
    """What a person should look at before the letter is taken as read."""

    NUMBER_LEFT_OUT = "number-left-out"
    NUMBER_AGAIN = "number-again"
    READ_AS_TEXT = "read-as-text"
    PAGE_NUMBER = "page-number"
    NOT_A_QUESTION = "not-a-question"
    NO_NUMBERS = "no-numbers"
    AFTER_CLOSING = "after-closing"
    NOTHING_ASKED = "nothing-asked"


@dataclass(frozen=True)
class Doubt:
    """``line`` counts from 1; 0 speaks of the whole letter."""

    line: int
    kind: DoubtKind


DOUBTS: dict[DoubtKind, str] = {
    DoubtKind.NUMBER_LEFT_OUT: N_("A number before this one is missing. Was a part left out?"),
    DoubtKind.NUMBER_AGAIN: N_("This number stands here a second time, or out of order."),
    DoubtKind.READ_AS_TEXT: N_("This looks like a number, but was read as the rest of the line before."),
    DoubtKind.PAGE_NUMBER: N_("This was read as a page number."),
    DoubtKind.NOT_A_QUESTION: N_("This was read as a question, but does not ask anything."),
    DoubtKind.NO_NUMBERS: N_("The letter has no numbers. Each paragraph that asks something became a question."),
    DoubtKind.AFTER_CLOSING: N_("Numbered parts follow after the end of the letter. They were not read as questions."),
    DoubtKind.NOTHING_ASKED: N_("No question was found."),
}
