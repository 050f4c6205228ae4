"""A letter that is written here from nothing: parts added, moved, put deeper, numbered; and the letter that they make.

``at`` counts from 0. A part goes with everything that stands in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from content.rules.question_letters.blocks import Block, BlockKind
from content.rules.question_letters.editing import ITEMS, NOT_THERE, Blocks, deepest, recode, relined
from content.rules.question_letters.labels import KATAKANA
from content.rules.question_letters.lines import LineKind, read
from portal.core.errors import Conflict

CIRCLED = 20


def begun() -> Blocks:
    """What an empty letter begins with: a few words first, a question, and its end."""
    parts = (
        Block(BlockKind.PREFACE, "", 1, 1),
        Block(BlockKind.QUESTION, "", 1, 1),
        Block(BlockKind.CLOSING, "以上", 1, 1),
    )
    return numbered(parts)


def add(blocks: Blocks, at: int, kind: BlockKind) -> Blocks:
    """An empty part behind a part and what stands in it: beside it, or in it where that is a heading.

    A section stands in nothing, so it comes behind the whole section before it.
    """
    if not 0 <= at < len(blocks):
        raise Conflict(NOT_THERE)
    before = blocks[at]
    inside = before.kind in (BlockKind.SECTION, BlockKind.GROUP)
    depth = 0 if kind is BlockKind.SECTION else before.depth + 1 if inside else before.depth
    end = at + 1 if inside and kind is not BlockKind.SECTION else _end(blocks, at)
    while kind is BlockKind.SECTION and end < len(blocks) and blocks[end].depth > 0:
        end += 1
    depth = min(depth, deepest(blocks, end)) if kind in ITEMS else 0
    return numbered((*blocks[:end], Block(kind, "", 1, 1, depth=depth), *blocks[end:]))


def remove(blocks: Blocks, at: int) -> Blocks:
    """Without a part; what stood in it moves out. Conflict for the only part."""
    if not 0 <= at < len(blocks) or len(blocks) == 1:
        raise Conflict(NOT_THERE)
    end = _end(blocks, at)
    inner = tuple(replace(block, depth=block.depth - 1) for block in blocks[at + 1 : end])
    return numbered((*blocks[:at], *inner, *blocks[end:]))


def move(blocks: Blocks, at: int, *, up: bool) -> Blocks:
    """A part with all in it changes places with the one before or behind it in the same item, if there is one."""
    if not 0 <= at < len(blocks):
        raise Conflict(NOT_THERE)
    if not up:
        end = _end(blocks, at)
        beside = end < len(blocks) and blocks[end].depth == blocks[at].depth
        return move(blocks, end, up=True) if beside else blocks
    before = at - 1
    while before >= 0 and blocks[before].depth > blocks[at].depth:
        before -= 1
    if before < 0 or blocks[before].depth < blocks[at].depth:
        return blocks
    end = _end(blocks, at)
    return numbered((*blocks[:before], *blocks[at:end], *blocks[before:at], *blocks[end:]))


def deeper(blocks: Blocks, at: int, by: int) -> Blocks:
    """A part with all in it stands ``by`` items deeper, or further out where that is negative; as far as it can."""
    if not 0 <= at < len(blocks):
        raise Conflict(NOT_THERE)
    wanted = max(0, min(blocks[at].depth + by, deepest(blocks, at)))
    change, end = wanted - blocks[at].depth, _end(blocks, at)
    moved = tuple(replace(block, depth=block.depth + change) for block in blocks[at:end])
    return numbered((*blocks[:at], *moved, *blocks[end:]))


def write(blocks: Blocks, at: int, text: str) -> Blocks:
    """A part says something else."""
    if not 0 <= at < len(blocks):
        raise Conflict(NOT_THERE)
    told = "\n".join(line.strip() for line in text.strip().splitlines())
    return (*blocks[:at], replace(blocks[at], text=told), *blocks[at + 1 :])


def numbered(blocks: Sequence[Block]) -> Blocks:
    """Numbers anew, in the order of the letter: [1], (1), ①, ア; facts are counted by themselves."""
    sections = any(block.kind is BlockKind.SECTION for block in blocks)
    counts, path, found = Counter[tuple[object, ...]](), list[int](), list[Block]()
    for block in blocks:
        if block.kind not in ITEMS:
            found.append(replace(block, label=""))
            continue
        depth = min(block.depth, len(path))
        del path[depth:]
        fact = block.kind is BlockKind.FACT
        place = (*path, fact)
        counts[place] += 1
        if not fact:
            path.append(counts[place])
        label = _label(counts[place], depth if sections or depth else -1)
        found.append(replace(block, label=label, depth=depth))
    return recode(found)


def written_out(blocks: Iterable[Block]) -> str:
    """The letter that the parts make, which is then what was sent."""
    lines: list[str] = []
    for block in blocks:
        told = f"{block.label}　{block.text}".strip("　") if block.label else block.text
        if not told:
            continue
        if lines and (block.depth == 0 or block.kind in (BlockKind.SECTION, BlockKind.GROUP)):
            lines.append("")
        lines += told.split("\n")
    # A line that would be read as a page number goes on with the line before it.
    while page := next((line for line in read("\n".join(lines)) if line.kind is LineKind.PAGE), None):
        at = page.number - 1
        if at == 0:
            lines[0:2] = ["　".join(lines[0:2]) or "　"]
            if len(lines) == 1:
                break
            continue
        lines[at - 1 : at + 1] = [f"{lines[at - 1]}　{lines[at]}".strip("　")]
    return "\n".join(lines)


def finished(blocks: Blocks) -> tuple[Blocks, str]:
    """The parts that say something, numbered, and the letter that they make."""
    used = numbered([block for block in blocks if block.text.strip()])
    text = written_out(used)
    return relined(used, text), text


def _label(number: int, depth: int) -> str:
    if depth < 0:
        return f"{number}."
    if depth == 0:
        return f"[{number}]"
    if depth == 1:
        return f"({number})"
    if depth == 2 and number <= CIRCLED:
        return chr(0x2460 + number - 1)
    if depth == 3 and number <= len(KATAKANA):
        return KATAKANA[number - 1]
    return f"{number})"


def _end(blocks: Sequence[Block], at: int) -> int:
    """Behind the last part that stands in this one."""
    end = at + 1
    while end < len(blocks) and blocks[end].depth > blocks[at].depth and blocks[at].kind in ITEMS:
        end += 1
    return end
