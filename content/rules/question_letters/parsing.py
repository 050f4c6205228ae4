"""A whole question letter read into blocks. Nothing is lost: every line of text is in a block, in its order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from content.rules.question_letters import head
from content.rules.question_letters.blocks import Block, BlockKind, Doubt, DoubtKind
from content.rules.question_letters.head import Wishes
from content.rules.question_letters.items import blocks
from content.rules.question_letters.labels import Style, read_label
from content.rules.question_letters.lines import Line, LineKind, doubled, page_width, paragraphs, read
from content.rules.question_letters.outline import Outline, asks

_CLOSING = re.compile(r"[\s\u3000]*以[\s\u3000]*上[\s\u3000]*")


@dataclass(frozen=True)
class ParsedLetter:
    """``lines`` joined by line ends are the letter; ``blocks`` are what they were read as."""

    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    doubts: tuple[Doubt, ...]
    sent_on: date | None
    wishes: Wishes

    def of(self, kind: BlockKind) -> tuple[Block, ...]:
        """The blocks of one kind, in order."""
        return tuple(block for block in self.blocks if block.kind is kind)

    def text(self, kind: BlockKind) -> str:
        """The blocks of one kind as one text."""
        return "\n".join(block.text for block in self.of(kind))


def parse(text: str) -> ParsedLetter:
    """Read a letter as it was pasted or scanned. Never fails; what is not clear is a doubt."""
    lines = read(text)
    page, plain = page_width(lines), doubled(lines)
    told = [line for line in lines if line.kind is LineKind.TEXT]
    end = next((at for at, line in enumerate(told) if _CLOSING.fullmatch(line.text)), len(told))
    bullets = not any(_opens(line, bullets=False) for line in told[:end])
    start = next((at for at, line in enumerate(told[:end]) if _opens(line, bullets=bullets)), end)
    outline = Outline(page, bullets=bullets)
    for at, line in enumerate(told[start:end]):
        before = told[start + at - 1].number if start + at else 0
        outline.read(line, apart=not plain and _blank_between(lines, before, line.number))
    doubts = list(outline.doubts)
    opening = head.read(told[:start], page, plain=plain)
    if start == end:
        opening = [_asked(block) for block in opening]
        doubts.append(Doubt(0, DoubtKind.NO_NUMBERS))
    found = _with_codes([*opening, *blocks(outline.root, page), *_ending(told[end:], page)], doubts)
    doubts += _doubts(lines, found, told[end + 1 :])
    sent = next((day for block in found if block.kind is BlockKind.DATE and (day := head.as_day(block.text))), None)
    said = "\n".join(b.text for b in found if b.kind in (BlockKind.PREFACE, BlockKind.CONTACT, BlockKind.PASSAGE))
    order = sorted(set(doubts), key=lambda doubt: (doubt.line, doubt.kind))
    return ParsedLetter(lines, tuple(found), tuple(order), sent, head.wishes(said, sent=sent))


def _opens(line: Line, *, bullets: bool) -> bool:
    """Whether the numbered part begins here: with any label but a bullet, or a bullet where there is nothing else."""
    found = read_label(line.text)
    return found is not None and (bullets or found[0].style is not Style.BULLET) and head.as_day(line.text) is None


def _blank_between(lines: Sequence[Line], before: int, number: int) -> bool:
    """An empty line between two lines means something, unless a page ended there."""
    between = lines[before : number - 1]
    return any(line.kind is LineKind.BLANK for line in between) and not any(
        line.kind is LineKind.PAGE for line in between
    )


def _ending(told: Sequence[Line], page: int | None) -> list[Block]:
    if not told:
        return []
    closing = Block(BlockKind.CLOSING, told[0].text.strip(), told[0].number, told[0].number)
    rest = paragraphs([(line.number, line.text, False) for line in told[1:]], page)
    return [closing, *(Block(BlockKind.CONTACT, one.text, one.first, one.last) for one in rest)]


def _asked(block: Block) -> Block:
    """In a letter without numbers each paragraph that asks is a question."""
    return replace(block, kind=BlockKind.QUESTION) if block.kind is BlockKind.PREFACE and asks(block.text) else block


def _with_codes(found: Sequence[Block], doubts: list[Doubt]) -> list[Block]:
    """Codes that are unique: a number that comes again gets a letter behind it, in the order of the letter."""
    seen, told = Counter[str](), list[Block]()
    unnumbered = 0
    for block in found:
        if block.kind is BlockKind.QUESTION and not block.code:
            unnumbered += 1
            block = replace(block, code=str(unnumbered))
        if block.code and block.kind is not BlockKind.ANSWER:
            seen[block.code] += 1
            if (again := seen[block.code]) > 1:
                doubts.append(Doubt(block.first_line, DoubtKind.NUMBER_AGAIN))
                code = block.code
                while seen[code]:
                    code = f"{block.code}.{again}"
                    again += 1
                seen[code] += 1
                block = replace(block, code=code)
        told.append(block)
    return told


def _doubts(lines: Sequence[Line], found: Sequence[Block], after: Sequence[Line]) -> list[Doubt]:
    told = [Doubt(line.number, DoubtKind.PAGE_NUMBER) for line in lines if line.kind is LineKind.PAGE]
    questions = [block for block in found if block.kind is BlockKind.QUESTION]
    told += [Doubt(block.first_line, DoubtKind.NOT_A_QUESTION) for block in questions if not asks(block.text)]
    if not questions:
        told.append(Doubt(0, DoubtKind.NOTHING_ASKED))
    labelled = [line for line in after if (label := read_label(line.text)) and label[0].style is not Style.BULLET]
    return told + [Doubt(line.number, DoubtKind.AFTER_CLOSING) for line in labelled if asks(line.text)]
