"""Blocks as sections, groups and questions, as the record keeps those of every letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from content.rules.archive.kinds import GroupRole
from content.rules.question_letters.blocks import Block, BlockKind
from content.rules.question_letters.lines import LineKind, read


@dataclass(frozen=True)
class SectionPart:
    """``number`` counts the sections of the letter; ``label`` is as it was written. A letter without sections has one
    that has neither label nor title."""

    number: int
    label: str
    title: str


@dataclass(frozen=True)
class GroupPart:
    """``number`` counts the groups of a role within the section. A fact is a group without questions."""

    section: int
    number: int
    role: GroupRole
    label: str
    title: str


@dataclass(frozen=True)
class QuestionPart:
    """``group`` is None where the question stands in the section itself."""

    code: str
    label: str
    text: str
    section: int
    group: int | None


@dataclass(frozen=True)
class Structure:
    sections: tuple[SectionPart, ...]
    groups: tuple[GroupPart, ...]
    questions: tuple[QuestionPart, ...]


def structure(blocks: Iterable[Block]) -> Structure:
    """The parts of a letter in its order."""
    sections, groups, questions = list[SectionPart](), list[GroupPart](), list[QuestionPart]()
    counts = dict.fromkeys(GroupRole, 0)
    within: list[tuple[str, int]] = []
    for block in blocks:
        if block.kind is BlockKind.SECTION:
            sections.append(SectionPart(len(sections) + 1, block.label, block.text))
            counts, within = dict.fromkeys(GroupRole, 0), []
            continue
        if block.kind not in (BlockKind.GROUP, BlockKind.FACT, BlockKind.QUESTION):
            continue
        if not sections:
            sections.append(SectionPart(1, "", ""))
        section = sections[-1].number
        if block.kind is BlockKind.QUESTION:
            group = next((number for code, number in reversed(within) if block.code.startswith(f"{code}-")), None)
            questions.append(QuestionPart(block.code, block.label, block.text, section, group))
            continue
        role = GroupRole.FACT if block.kind is BlockKind.FACT else GroupRole.QUESTION
        counts[role] += 1
        groups.append(GroupPart(section, counts[role], role, block.label, block.text))
        if role is GroupRole.QUESTION:
            within.append((block.code, counts[role]))
    return Structure(tuple(sections), tuple(groups), tuple(questions))


def as_json(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Blocks as plain values."""
    return [asdict(block) for block in blocks]


def from_json(rows: Iterable[Mapping[str, Any]]) -> tuple[Block, ...]:
    """Blocks from what :func:`as_json` made of them."""
    return tuple(Block(**{**row, "kind": BlockKind(row["kind"])}) for row in rows)


def says_the_same(blocks: Iterable[Block], text: str) -> bool:
    """Whether blocks that a person rearranged still say what the letter says, word for word, in its order.

    Labels, spaces and line ends do not count; page numbers of the letter may be left out.
    """
    told = "".join("".join((block.label + block.text).split()) for block in blocks)
    wanted = "".join("".join(line.text.split()) for line in read(text) if line.kind is LineKind.TEXT)
    return told == wanted
