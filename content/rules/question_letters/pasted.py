"""A whole text of answers, each question quoted and its answer below it (【回答】), taken apart for the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from content.rules.question_letters.blocks import Block, BlockKind
from content.rules.question_letters.lines import join, width
from content.rules.question_letters.parsing import parse
from content.rules.question_letters.quoting import departs

# A line as wide as so much of the widest one goes on in the next.
NEARLY = 0.9
LEAST_LINES = 4


@dataclass(frozen=True)
class PastedAnswer:
    """``codes`` of the questions that it answers; ``quoted`` how it quotes those that it quotes otherwise, by code."""

    codes: tuple[str, ...]
    text: str
    quoted: Mapping[str, str]


@dataclass(frozen=True)
class Pasted:
    """``unknown``: codes that the text answers and the letter does not ask."""

    answers: tuple[PastedAnswer, ...]
    unknown: tuple[str, ...]


def pasted_answers(text: str, asked: Mapping[str, str]) -> Pasted:
    """The answers of a text, in its order. ``asked``: what was asked, by code. Questions in a row share an answer."""
    blocks = parse(text).blocks
    page = _page([block for block in blocks if block.kind is BlockKind.ANSWER])
    waiting: list[Block] = []
    answers: list[PastedAnswer] = []
    unknown: list[str] = []
    for block in blocks:
        if block.kind is BlockKind.QUESTION:
            waiting.append(block)
        elif block.kind is BlockKind.ANSWER and block.text.strip():
            known = [one for one in waiting if one.code in asked]
            unknown += [one.code for one in waiting if one.code not in asked]
            quoted = {one.code: one.text for one in known if departs(asked[one.code], one.text)}
            if known:
                answers.append(PastedAnswer(tuple(one.code for one in known), _flowing(block.text, page), quoted))
            waiting = []
    return Pasted(tuple(answers), tuple(unknown))


def _page(answers: Sequence[Block]) -> float | None:
    """How wide the lines were broken at, None where there are too few to tell."""
    broken = sorted((width(line) for block in answers for line in block.text.split("\n")[:-1]), reverse=True)
    return broken[len(broken) // 10] if len(broken) >= LEAST_LINES else None


def _flowing(text: str, page: float | None) -> str:
    """The text with the lines joined that were broken at the edge of a page."""
    lines = text.split("\n")
    told = lines[:1]
    for before, line in pairwise(lines):
        full = page is not None and width(before) >= NEARLY * page
        if full and not before.rstrip().endswith("。"):
            told[-1] = join(told[-1], line)
        else:
            told.append(line)
    return "\n".join(told)
