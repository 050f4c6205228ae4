"""The parts of a letter as a form sends them: what each is, and what is to be done with one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from content.rules.question_letters import composing, editing
from content.rules.question_letters.blocks import Block, BlockKind, Doubt
from content.rules.question_letters.editing import Blocks
from content.rules.question_letters.lines import Line
from portal.core import screening
from portal.core.errors import Conflict, Invalid
from portal.web.language import _, _l

KINDS = {
    BlockKind.TITLE: _l("Title"),
    BlockKind.DATE: _l("Day of the letter"),
    BlockKind.ADDRESSEE: _l("Addressee"),
    BlockKind.SENDER: _l("Sender"),
    BlockKind.PREFACE: _l("Words at the beginning"),
    BlockKind.SECTION: _l("Heading of a section"),
    BlockKind.GROUP: _l("Heading of a group of questions"),
    BlockKind.FACT: _l("Fact that is stated"),
    BlockKind.QUESTION: _l("Question"),
    BlockKind.PASSAGE: _l("Other text"),
    BlockKind.ANSWER: _l("Answer"),
    BlockKind.CLOSING: _l("End of the letter"),
    BlockKind.CONTACT: _l("Words after the end"),
}
# What may be added to a letter that is written here, and what its parts may be.
ADDED = (BlockKind.QUESTION, BlockKind.FACT, BlockKind.GROUP, BlockKind.SECTION, BlockKind.PASSAGE)
TEXT = (4_000, 12_000)
WORDS = 24


@dataclass(frozen=True)
class Part:
    """A part for the page. ``original``: its lines in the letter, with those before it that belong to no part.

    ``cuts``: where it can be cut, and the words that would begin the new part.
    """

    at: int
    block: Block
    doubts: tuple[Doubt, ...]
    original: tuple[Line, ...]
    cuts: tuple[tuple[int, str], ...]
    deepest: int
    error: str


@dataclass
class Changed:
    """Parts after a form was sent; ``errors`` say by part what could not be, ``at`` is where to look now."""

    blocks: Blocks
    errors: dict[int, str] = field(default_factory=dict)
    at: int | None = None


def rows(
    blocks: Blocks,
    *,
    text: str = "",
    lines: Sequence[Line] = (),
    doubts: Sequence[Doubt] = (),
    errors: Mapping[int, str] | None = None,
) -> list[Part]:
    """The parts of a letter for its page; ``text`` and ``lines`` of a letter that came as a whole."""
    cuts: Sequence[tuple[int, ...]] = editing.every_cut(blocks, text) if text else [()] * len(blocks)
    found, shown = list[Part](), 0
    for at, block in enumerate(blocks):
        first, shown = min(shown + 1, block.first_line), max(shown, block.last_line)
        found.append(
            Part(
                at,
                block,
                editing.doubts_of(block, doubts) if block.text.strip() else (),
                tuple(lines[first - 1 : block.last_line]),
                tuple((place, block.text[place : place + WORDS].replace("\n", " ")) for place in cuts[at]),
                editing.deepest(blocks, at),
                (errors or {}).get(at, ""),
            )
        )
    return found


def taken(blocks: Blocks, sent: Mapping[str, str], *, written: bool) -> Changed:
    """What the fields of all parts say: kinds, depths and numbers, or the texts of a letter that is written here."""
    changed = Changed(blocks)
    for at, before in enumerate(blocks):
        kind = sent.get(f"kind-{at}", before.kind)
        if kind != before.kind and kind in set(BlockKind):
            now = editing.as_kind(changed.blocks, at, BlockKind(kind))
            changed.blocks = composing.numbered(now) if written else now
        try:
            if written:
                _write(changed, at, sent.get(f"text-{at}"))
            else:
                _place(changed, at, before, sent)
        except (Conflict, Invalid) as error:
            params = {name: value for name, value in error.params.items() if name != "field"}
            changed.errors[at] = _(error.message, **params)
    return changed


def _write(changed: Changed, at: int, text: str | None) -> None:
    if text is not None and text.replace("\r\n", "\n") != changed.blocks[at].text:
        changed.blocks = composing.write(changed.blocks, at, screening.lines(text, field=f"text-{at}", limits=TEXT))


def _place(changed: Changed, at: int, before: Block, sent: Mapping[str, str]) -> None:
    depth = sent.get(f"depth-{at}", "")
    if depth.isascii() and depth.isdigit() and int(depth) != before.depth:
        changed.blocks = editing.as_deep(changed.blocks, at, int(depth))
    label = sent.get(f"label-{at}", before.label)
    if label.strip() != before.label:
        changed.blocks = editing.relabel(changed.blocks, at, label.strip()[:200])


def acted(changed: Changed, action: str, sent: Mapping[str, str], *, text: str, written: bool) -> Changed:
    """Do what a button says (``join:5``, ``add:3:question``); nothing for one that is not known. Conflict."""
    name, _colon, rest = action.partition(":")
    place, _colon, more = rest.partition(":")
    if not (place.isascii() and place.isdigit() and len(place) < 6):
        return changed
    at, blocks = int(place), changed.blocks
    if written:
        work = _WRITTEN.get(name)
        changed.blocks = work(blocks, at, more) if work else blocks
    elif name == "join":
        changed.blocks = editing.relined(editing.join(blocks, at), text)
        at -= 1
    elif name == "split":
        position = sent.get(f"cut-{at}", "")
        if position.isascii() and position.isdigit():
            changed.blocks = editing.relined(editing.split(blocks, at, int(position)), text)
    changed.at = _moved(blocks, changed.blocks, at) if written else at
    return changed


def _add(blocks: Blocks, at: int, kind: str) -> Blocks:
    return composing.add(blocks, at, BlockKind(kind)) if kind in set(ADDED) else blocks


_WRITTEN: dict[str, Callable[[Blocks, int, str], Blocks]] = {
    "add": _add,
    "remove": lambda blocks, at, _more: composing.remove(blocks, at),
    "up": lambda blocks, at, _more: composing.move(blocks, at, up=True),
    "down": lambda blocks, at, _more: composing.move(blocks, at, up=False),
    "in": lambda blocks, at, _more: composing.deeper(blocks, at, 1),
    "out": lambda blocks, at, _more: composing.deeper(blocks, at, -1),
}


def _moved(before: Blocks, after: Blocks, at: int) -> int:
    """Where to look after a change: at what was added, at what was moved, else at the same place."""
    if len(after) > len(before):
        return next(
            (n for n, (old, new) in enumerate(zip(before, after, strict=False)) if old.text != new.text), at + 1
        )
    text = before[at].text if at < len(before) else ""
    return next((n for n, block in enumerate(after) if text and block.text == text), min(at, len(after) - 1))
