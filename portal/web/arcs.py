"""A small graph of things in time: one below the other, oldest first, joined by arcs at the left with a sign each.

Things in, frozen coordinates out; ``arcs.html`` draws them as SVG, wide and narrow. A table beside it says the same in
words, with the signs: this module knows no colours, languages or templates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.web.chart_parts import NARROW, WIDE, text_width, wrap

LINE, DAY, GAP = 20.0, 18.0, 22.0
FIRST_REACH, STEP = 34.0, 26.0
ROOM, DOT = 18.0, 6.0
MOST_LINES = 3
MOST_STEPS = {"wide": 8, "narrow": 3}


@dataclass(frozen=True)
class Thing:
    """A node. ``here``: the one that the page is about."""

    label: str
    day: str = ""
    here: bool = False


@dataclass(frozen=True)
class Link:
    """An edge between the things at two places of the list. ``mutual``: it has no direction. ``kind``: 0, 1, 2 …"""

    start: int
    end: int
    sign: str
    mutual: bool = False
    kind: int = 0


@dataclass(frozen=True)
class Node:
    x: float
    y: float
    text_x: float
    day_y: float
    lines: tuple[tuple[float, str], ...]
    day: str
    here: bool


@dataclass(frozen=True)
class Arc:
    """``path`` and ``head`` are SVG paths; the sign stands at ``x``, ``y``."""

    path: str
    head: str
    x: float
    y: float
    sign: str
    kind: int


@dataclass(frozen=True)
class Layout:
    kind: str
    width: float
    height: float
    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]


@dataclass(frozen=True)
class Picture:
    """``signs`` are those of the links in their order."""

    key: str
    title: str
    description: str
    signs: tuple[str, ...]
    layouts: tuple[Layout, ...]


def sign(number: int) -> str:
    """A, B … Z, A1, B1 …"""
    letter = chr(ord("A") + number % 26)
    return letter if number < 26 else f"{letter}{number // 26}"


def picture(things: Sequence[Thing], links: Sequence[Link], *, key: str, title: str, description: str = "") -> Picture:
    """The graph in both widths. Things stand in the order in which they are given."""
    layouts = tuple(_layout(things, links, kind, width) for kind, width in (("wide", WIDE), ("narrow", NARROW)))
    return Picture(key, title, description, tuple(link.sign for link in links), layouts)


def _layout(things: Sequence[Thing], links: Sequence[Link], kind: str, width: float) -> Layout:
    most = MOST_STEPS[kind]
    longest = max((abs(link.start - link.end) for link in links), default=1)
    gutter = FIRST_REACH + STEP * (min(longest, most) - 1) + 14
    text_x = gutter + ROOM
    nodes: list[Node] = []
    y = GAP / 2
    for thing in things:
        lines = _lines(thing.label, width - text_x - 4)
        middle = round(y + (DAY if thing.day else 0) / 2 + len(lines) * LINE / 2, 2)
        day_y = y + 13
        top = y + (DAY if thing.day else 0)
        placed = tuple((round(top + number * LINE + 15, 2), line) for number, line in enumerate(lines))
        nodes.append(Node(gutter, middle, text_x, round(day_y, 2), placed, thing.day, thing.here))
        y = top + len(lines) * LINE + GAP
    taken: dict[tuple[int, int], int] = {}
    arcs = [_arc(nodes, link, most, taken) for link in links]
    return Layout(kind, width, round(y - GAP / 2, 2), tuple(nodes), tuple(arcs))


def _lines(label: str, width: float) -> tuple[str, ...]:
    lines = wrap(label, width)
    if len(lines) <= MOST_LINES:
        return lines
    last = lines[MOST_LINES - 1]
    while last and text_width(last + "…") > width:
        last = last[:-1]
    return (*lines[: MOST_LINES - 1], last + "…")


def _arc(nodes: Sequence[Node], link: Link, most: int, taken: dict[tuple[int, int], int]) -> Arc:
    """A curve at the left of the dots; several between the same two things lie one outside the other."""
    start, end = nodes[link.start], nodes[link.end]
    pair = (min(link.start, link.end), max(link.start, link.end))
    earlier = taken.get(pair, 0)
    taken[pair] = earlier + 1
    reach = FIRST_REACH + STEP * (min(abs(link.start - link.end), most) - 1) - 11 * earlier
    out = round(start.x - reach * 4 / 3 + DOT, 2)
    from_x, to_x = start.x - DOT, end.x - DOT
    path = f"M{from_x:g} {start.y:g}C{out:g} {start.y:g} {out:g} {end.y:g} {to_x:g} {end.y:g}"
    head = "" if link.mutual else f"M{to_x - 9:g} {end.y - 5:g}L{to_x:g} {end.y:g}L{to_x - 9:g} {end.y + 5:g}"
    # The middle of the curve; signs of arcs that cross there stand a little apart.
    x = round((from_x + 3 * out + 3 * out + to_x) / 8, 2)
    return Arc(path, head, x, round((start.y + end.y) / 2 + 9 * earlier, 2), link.sign, link.kind)
