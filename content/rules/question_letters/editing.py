"""Correcting what a letter was read as: parts joined, cut, named otherwise. What the letter says stays as it is.

All functions take the blocks of a letter and give new ones; ``at`` counts from 0. Codes follow from kinds, depths and
labels (:func:`recode`), line numbers from the text (:func:`relined`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from content.rules.question_letters.blocks import Block, BlockKind, Doubt, DoubtKind
from content.rules.question_letters.labels import Style, read_label
from content.rules.question_letters.lines import LineKind, read
from content.rules.question_letters.outline import asks
from portal.core.errors import N_, Conflict, Invalid

Blocks = tuple[Block, ...]

# What has a number of its own in the letter.
ITEMS = frozenset({BlockKind.SECTION, BlockKind.GROUP, BlockKind.FACT, BlockKind.QUESTION})
HEADINGS = frozenset({BlockKind.SECTION, BlockKind.GROUP})
DEEPEST = 6
_ENDS = "。？?！!\n"
NOT_THERE = N_("This part is no longer there. Look at the letter as it stands now.")
NOT_ITS_LABEL = N_("The number must be what stands at the beginning of this part in the letter.")


def said(blocks: Iterable[Block]) -> str:
    """What blocks say, without spaces and line ends: no correction may change it."""
    return "".join(_told(block) for block in blocks)


def as_kind(blocks: Blocks, at: int, kind: BlockKind) -> Blocks:
    """A part is of another kind. What has no number stands in nothing."""
    block = _block(blocks, at)
    return recode(_with(blocks, at, replace(block, kind=kind)))


def as_deep(blocks: Blocks, at: int, depth: int) -> Blocks:
    """A part stands in so many numbered items; more than there are open before it cannot be."""
    block = _block(blocks, at)
    return recode(_with(blocks, at, replace(block, depth=max(0, min(depth, deepest(blocks, at))))))


def deepest(blocks: Sequence[Block], at: int) -> int:
    """How deep a part can stand: in the item before it, and in all in which that one stands."""
    before = next((block for block in reversed(blocks[:at]) if block.kind in ITEMS), None)
    return 0 if before is None else min(DEEPEST, before.depth + 1)


def join(blocks: Blocks, at: int) -> Blocks:
    """A part becomes the end of the one before it. Conflict for the first one."""
    block = _block(blocks, at)
    if at == 0:
        raise Conflict(NOT_THERE)
    before = blocks[at - 1]
    text = "\n".join(part for part in (before.text, _written(block)) if part)
    whole = replace(before, text=text, last_line=max(before.last_line, block.last_line))
    return recode((*blocks[: at - 1], whole, *blocks[at + 1 :]))


def split(blocks: Blocks, at: int, position: int) -> Blocks:
    """A part ends at a ``position`` in its text, and what follows is a part of its own, with its number if it has one.

    Conflict where one of the two would say nothing.
    """
    block = _block(blocks, at)
    first, second = block.text[:position].strip(), block.text[position:].strip()
    if not second or not (first or block.label):
        raise Conflict(NOT_THERE)
    found = read_label(second)
    label, text = "", second
    if found is not None and found[0].style is not Style.BULLET:
        label, text = found[0].written, found[1].strip()
    kind, depth = block.kind, block.depth
    if block.kind in HEADINGS:
        kind = BlockKind.QUESTION if label or asks(text) else BlockKind.PASSAGE
        depth = min(DEEPEST, depth + 1)
    rest = replace(block, kind=kind, text=text, label=label, depth=depth, code="")
    return recode((*blocks[:at], replace(block, text=first), rest, *blocks[at + 1 :]))


def cuts(blocks: Sequence[Block], at: int, text: str) -> tuple[int, ...]:
    """Positions in a part's text at which it can be cut: where a line of the letter or a sentence begins."""
    _block(blocks, at)
    return every_cut(blocks, text)[at]


def every_cut(blocks: Sequence[Block], text: str) -> tuple[tuple[int, ...], ...]:
    """The same for each part."""
    starts = _line_starts(text)[0]
    begins = accumulate((len(_told(block)) for block in blocks), initial=0)
    return tuple(_cuts(block, begin, starts) for block, begin in zip(blocks, begins, strict=False))


def _cuts(block: Block, begin: int, starts: Sequence[int]) -> tuple[int, ...]:
    within = {place + 1 for place, char in enumerate(block.text) if char in _ENDS}
    begin += len("".join(block.label.split()))
    solid = [place for place, char in enumerate(block.text) if not char.isspace()]
    lines = starts[bisect_right(starts, begin) : bisect_right(starts, begin + len(solid) - 1)]
    within |= {solid[start - begin] for start in lines}
    skipped = {_past_spaces(block.text, place) for place in within}
    return tuple(sorted(place for place in skipped if 0 < place < len(block.text)))


def relabel(blocks: Blocks, at: int, label: str) -> Blocks:
    """Where a part's number ends and its text begins. Invalid when the part does not begin with the ``label``."""
    block = _block(blocks, at)
    whole, wanted = _written(block), "".join(label.split())
    count, end = 0, 0
    while count < len(wanted) and end < len(whole):
        if not whole[end].isspace():
            if whole[end] != wanted[count]:
                break
            count += 1
        end += 1
    if count < len(wanted) or len(label) > 20:
        raise Invalid(NOT_ITS_LABEL)
    return recode(_with(blocks, at, replace(block, label=whole[:end].strip(), text=whole[end:].strip())))


def recode(blocks: Sequence[Block]) -> Blocks:
    """Codes from kinds, depths and labels, each of them once."""
    path: list[str] = []
    counts, seen = Counter[str](), Counter[str]()
    told, last = list[Block](), ""
    for block in blocks:
        if block.kind not in ITEMS:
            told.append(replace(block, code=last if block.kind is BlockKind.ANSWER else ""))
            continue
        del path[block.depth :]
        above, fact = "-".join(path), block.kind is BlockKind.FACT
        number = _number(block.label)
        if not number:
            counts[f"{above}/{fact}"] += 1
            number = counts[f"{above}/{fact}"]
        if not fact:
            path.append(str(number))
        code = _once("-".join(part for part in (above, f"f{number}" if fact else str(number)) if part), seen)
        last = code if block.kind is BlockKind.QUESTION else last
        told.append(replace(block, code=code, depth=min(block.depth, len(path) - (0 if fact else 1))))
    return tuple(told)


def relined(blocks: Iterable[Block], text: str) -> Blocks:
    """The lines of the letter's text on which each part stands."""
    starts, numbers = _line_starts(text)
    told, offset, last = list[Block](), 0, 1
    for block in blocks:
        length = len(_told(block))
        first = last
        if length and numbers:
            first = numbers[max(0, bisect_right(starts, offset) - 1)]
            last = numbers[max(0, bisect_right(starts, offset + length - 1) - 1)]
        told.append(replace(block, first_line=first, last_line=last))
        offset += length
    return tuple(told)


def doubts_of(block: Block, doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """What a person should still look at in a part: doubts of its lines, unless they were done away with."""
    here = [doubt for doubt in doubts if block.first_line <= doubt.line <= block.last_line]
    kept = [doubt for doubt in here if doubt.kind not in (DoubtKind.NOT_A_QUESTION, DoubtKind.PAGE_NUMBER)]
    if block.kind is BlockKind.QUESTION and not asks(block.text):
        kept.append(Doubt(block.first_line, DoubtKind.NOT_A_QUESTION))
    return tuple(dict.fromkeys(kept))


def _line_starts(text: str) -> tuple[list[int], list[int]]:
    """Where each line that says something begins, counted in characters that are no spaces; and its number."""
    lines = [line for line in read(text) if line.kind is LineKind.TEXT]
    lengths = [len("".join(line.text.split())) for line in lines]
    return list(accumulate(lengths, initial=0))[:-1], [line.number for line in lines]


def _past_spaces(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _once(code: str, seen: Counter[str]) -> str:
    found, again = code, 1
    while seen[found]:
        again += 1
        found = f"{code}.{again}"
    seen[found] += 1
    return found


def _number(label: str) -> int:
    found = read_label(label) if label else None
    return found[0].number if found else 0


def _told(block: Block) -> str:
    return "".join((block.label + block.text).split())


def _written(block: Block) -> str:
    return f"{block.label} {block.text}".strip() if block.label else block.text


def _block(blocks: Sequence[Block], at: int) -> Block:
    if not 0 <= at < len(blocks):
        raise Conflict(NOT_THERE)
    return blocks[at]


def _with(blocks: Blocks, at: int, block: Block) -> Blocks:
    return (*blocks[:at], block, *blocks[at + 1 :])
