"""The tree of numbered items as blocks: which are sections, groups, facts and questions, in the order of the letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from content.rules.question_letters.blocks import Block, BlockKind
from content.rules.question_letters.labels import Style
from content.rules.question_letters.lines import Paragraph, paragraphs
from content.rules.question_letters.outline import Node, Text, asks

Path = tuple[str, ...]


def blocks(root: Node, page: int | None) -> Iterator[Block]:
    """All items below the letter itself; ``page``: how wide the page was on which its lines were broken."""
    for part in _parts(root):
        if isinstance(part, Node):
            yield from _item(part, (), page)
        else:
            yield from _own(part, (), page)


def _parts(node: Node) -> Iterator[Node | list[Text]]:
    """What an item consists of, in order: items below it, and runs of its own lines or of an answer's."""
    runs = groupby(node.parts, key=lambda part: (isinstance(part, Node), isinstance(part, Text) and part.of_answer))
    for (is_node, _), run in runs:
        found = list(run)
        if is_node:
            yield from (part for part in found if isinstance(part, Node))
        else:
            yield [part for part in found if isinstance(part, Text)]


def _own(run: Sequence[Text], path: Path, page: int | None) -> Iterator[Block]:
    """A run of own lines that are no heading: paragraphs, or answers with the code of the question before."""
    if not run[0].of_answer:
        yield from (
            Block(BlockKind.PASSAGE, one.text, one.first, one.last, depth=len(path)) for one in _paragraphs(run, page)
        )
        return
    starts = [at for at, text in enumerate(run) if text.answers]
    for start, end in zip(starts, [*starts[1:], len(run)], strict=True):
        part = run[start:end]
        text = "\n".join(one.text for one in _paragraphs(part, page))
        label, code = part[0].answers, "-".join(path)
        yield Block(BlockKind.ANSWER, text, part[0].line, part[-1].line, code=code, label=label, depth=len(path))


def _item(node: Node, above: Path, page: int | None) -> Iterator[Block]:
    number = str(node.label.number) if node.label and node.label.style is not Style.BULLET else str(_position(node))
    inside = node.children
    path = (*above, number)
    if not inside or _is_one_question(node):
        fact = not inside and _is_fact(node)
        kind = BlockKind.FACT if fact else BlockKind.QUESTION
        if kind is BlockKind.QUESTION and not above and not asks(node.all_text()) and _beside_lists(node):
            kind = BlockKind.SECTION
        yield _whole(node, kind, (*above, f"f{number}") if fact else path, page)
        for part in _parts(node):
            if isinstance(part, list) and part[0].of_answer:
                yield from _own(part, path, page)
        return
    heading, rest = _heading(node, path, page)
    yield heading
    for part in rest:
        if isinstance(part, Node):
            yield from _item(part, path, page)
        else:
            yield from _own(part, path, page)


def _heading(node: Node, path: Path, page: int | None) -> tuple[Block, list[Node | list[Text]]]:
    """The first paragraph of an item that has others below it, and everything behind that paragraph."""
    first, *rest = list(_parts(node))
    lines = first if isinstance(first, list) else []
    told = _paragraphs(lines, page)
    start = lines[0].line
    title = told[0] if told and told[0].first == start else Paragraph("", start, start)
    kind = BlockKind.GROUP if len(path) > 1 else BlockKind.SECTION
    label = node.label.written if node.label else ""
    block = Block(kind, title.text, start, title.last, code="-".join(path), label=label, depth=len(path) - 1)
    behind = [text for text in lines if text.line > title.last]
    return block, [behind, *rest] if behind else rest


def _whole(node: Node, kind: BlockKind, path: Path, page: int | None) -> Block:
    """An item and what stands below it as one text: its paragraphs, and the items below with their labels."""
    told = list(_all_paragraphs(node, page))
    start = node.texts[0].line
    text = "\n".join(one.text for one in told if one.text)
    last = max([start, *(one.last for one in told)])
    label = node.label.written if node.label else ""
    return Block(kind, text, start, last, code="-".join(path), label=label, depth=len(path) - 1)


def _all_paragraphs(node: Node, page: int | None) -> Iterator[Paragraph]:
    for part in _parts(node):
        if isinstance(part, list):
            yield from () if part[0].of_answer else _paragraphs(part, page)
            continue
        told, line = list(_all_paragraphs(part, page)), part.texts[0].line
        beside = bool(told) and told[0].first == line
        head = told[0] if beside else Paragraph("", line, line)
        written = part.label.written if part.label else ""
        yield Paragraph(f"{written} {head.text}".strip(), line, head.last)
        yield from told[1:] if beside else told


def _paragraphs(texts: Sequence[Text], page: int | None) -> list[Paragraph]:
    return [one for one in paragraphs([(text.line, text.text, text.apart) for text in texts], page) if one.text]


def _siblings(node: Node) -> list[Node]:
    return node.parent.children if node.parent else [node]


def _position(node: Node) -> int:
    """The place in its list, from 1: the number of a bullet."""
    run = [one for one in _siblings(node) if one.run == node.run]
    return 1 + next(at for at, one in enumerate(run) if one is node)


def _is_fact(node: Node) -> bool:
    """Whether the item stands in a list of statements about which a later list of the same parent asks."""
    run = [one for one in _siblings(node) if one.run == node.run]
    asked = any(one.children or one.answered or asks(one.all_text()) for one in run)
    return not asked and any(one.run > node.run for one in _siblings(node))


def _is_one_question(node: Node) -> bool:
    """Whether the items below only name the parts of what the item itself asks."""
    inside = node.children
    labelled = node.parent is not None and node.parent.label is not None
    plain = not any(one.children or one.answered or asks(one.all_text()) for one in inside)
    return labelled and plain and not node.answered and asks(node.all_text())


def _beside_lists(node: Node) -> bool:
    return any(one.children for one in _siblings(node))
