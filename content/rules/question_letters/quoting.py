"""Whether an answer quotes a question as it was asked. What was asked is never overwritten by how it is quoted.

Width, spaces and the last stop are not a difference; any other character is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from content.rules import text_diff
from content.rules.question_letters import wording
from content.rules.question_letters.blocks import Block, BlockKind
from content.rules.question_letters.parsing import ParsedLetter

QUOTED = (BlockKind.SECTION, BlockKind.GROUP, BlockKind.FACT, BlockKind.QUESTION)


def plain(text: str) -> str:
    """The text without what does not count: width, spaces, line ends, stops at its end."""
    return wording.plain(text).rstrip("。.")


def departs(asked: str, quoted: str) -> bool:
    """Whether a quotation says anything else than what was asked."""
    return plain(asked) != plain(quoted)


def rows(asked: str, quoted: str) -> list[text_diff.Row]:
    """Both side by side, the differences marked."""
    return text_diff.rows(plain(asked), plain(quoted))


@dataclass(frozen=True)
class Departure:
    """One place of a letter that was quoted otherwise; an empty text: it stands only in the other.

    ``kind`` PASSAGE: what is explained below the item ``code``.
    """

    kind: BlockKind
    code: str
    asked: str
    quoted: str


def departures(asked: ParsedLetter, quoted: ParsedLetter) -> tuple[Departure, ...]:
    """Every place where the letter that answers quotes the letter that asks otherwise, in the order of the question."""
    one, other = dict(_places(asked)), dict(_places(quoted))
    found = [
        Departure(kind, code, text, other.get((kind, code), ""))
        for (kind, code), text in one.items()
        if departs(text, other.get((kind, code), ""))
    ]
    added = [Departure(kind, code, "", text) for (kind, code), text in other.items() if (kind, code) not in one]
    return (*found, *added)


def _places(letter: ParsedLetter) -> Iterator[tuple[tuple[BlockKind, str], str]]:
    within, told = "", dict[tuple[BlockKind, str], str]()
    for block in letter.blocks:
        if block.kind in QUOTED:
            within = _above(block) if block.kind in (BlockKind.FACT, BlockKind.QUESTION) else block.code
            told[block.kind, block.code] = block.text
        elif block.kind is BlockKind.PASSAGE:
            place = (BlockKind.PASSAGE, within)
            told[place] = "\n".join(part for part in (told.get(place), block.text) if part)
    yield from told.items()


def _above(block: Block) -> str:
    return block.code.rpartition("-")[0]
