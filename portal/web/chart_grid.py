"""A grid of numbers, such as years by months: the more, the darker, and the number in each cell says it too."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup, escape

from portal.web.chart_parts import NARROW, WIDE, Text, text_width, wrap

LEVELS = 4
HEAD, LINE, GAP = 22.0, 18.0, 2.0
TALL = {"wide": 30.0, "narrow": 26.0}
SHARE = 0.3
SMALL, NORMAL = 11.0, 13.0


@dataclass(frozen=True)
class Column:
    """``label`` stands in the table, ``short`` over the picture's column; ``mark`` (``※1``) points at a note."""

    label: str
    short: str
    mark: str = ""


@dataclass(frozen=True)
class Line:
    """A row with one number a column; ``mark`` as of a column; ``links`` by column for the table, "" for none."""

    label: str
    numbers: tuple[int, ...]
    mark: str = ""
    links: tuple[str, ...] = ()
    href: str = ""

    @property
    def total(self) -> int:
        return sum(self.numbers)


class Cell(NamedTuple):
    """``level``: 0 for none, then 1 to LEVELS by its share of the greatest number; ``small``: its text has no room."""

    x: float
    y: float
    width: float
    height: float
    level: int
    small: bool
    text: Text


@dataclass(frozen=True)
class GridDrawing:
    """One layout, ``kind`` wide or narrow. ``bounds`` are lines between columns or rows where a mark begins."""

    kind: str
    width: float
    height: float
    cells: tuple[Cell, ...]
    heads: tuple[Text, ...]
    labels: tuple[Text, ...]
    bounds: tuple[tuple[float, float, float, float], ...]

    @property
    def shapes(self) -> Markup:
        """The cells and their numbers as SVG; made here because there may be hundreds on a page."""
        paths: dict[int, list[str]] = {}
        for x, y, width, height, level, _small, _text in self.cells:
            paths.setdefault(level, []).append(f"M{x} {y}h{width}v{height}h-{width}z")
        drawn = [f'<path class="chart-cell chart-cell--{n}" d="{"".join(parts)}"/>' for n, parts in paths.items()]
        for cell in self.cells:
            if cell.text.text:
                looks = f"chart-number chart-number--{cell.level}{' chart-number--small' if cell.small else ''}"
                at = f'x="{cell.text.x}" y="{cell.text.y}" text-anchor="middle"'
                drawn.append(f'<text class="{looks}" {at}>{escape(cell.text.text)}</text>')
        return Markup("".join(drawn))  # noqa: S704 - numbers and what is escaped


@dataclass(frozen=True, eq=False)
class Grid:
    """Everything that the template needs; ``notes``: mark and text, shown below the picture. Equal is the same one."""

    key: str
    title: str
    unit: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    drawings: tuple[GridDrawing, ...]
    notes: tuple[tuple[str, str], ...]

    def cells(self, line: Line) -> Markup:
        """The table's cells of a row, as links where there are some: each says its row and column to who hears it."""
        links = line.links or ("",) * len(line.numbers)
        found = []
        for column, number, href in zip(self.columns, line.numbers, links, strict=True):
            said = f"{line.label} {column.label}: {number}"
            text = f'<a href="{escape(href)}" aria-label="{escape(said)}">{number}</a>' if href and number else number
            found.append(f'<td class="numeric">{text}</td>')
        return Markup("".join(found))  # noqa: S704 - numbers and what is escaped


def grid(
    columns: Sequence[Column], lines: Sequence[Line], *, key: str, title: str, unit: str,
    notes: Sequence[tuple[str, str]] = (),
) -> Grid:  # fmt: skip
    """The grid in two layouts. Raises ValueError for no columns, no rows, or a row of another length."""
    if not columns or not lines or any(len(line.numbers) != len(columns) for line in lines):
        raise ValueError("A grid needs columns, rows, and a number for each.")
    drawings = tuple(_draw(columns, lines, kind, width) for kind, width in (("wide", WIDE), ("narrow", NARROW)))
    return Grid(key, title, unit, tuple(columns), tuple(lines), drawings, tuple(notes))


def level(number: int, greatest: int) -> int:
    """0 for nothing, else 1 to LEVELS."""
    return math.ceil(LEVELS * number / greatest) if number > 0 else 0


def _draw(columns: Sequence[Column], lines: Sequence[Line], kind: str, width: float) -> GridDrawing:
    greatest = max(number for line in lines for number in line.numbers)
    marked = [f"{line.label} {line.mark}".strip() for line in lines]
    longest = max(text_width(label) for label in marked) + 6
    # Short labels stand beside the row, also on a telephone; long ones above it there.
    beside = longest <= width * (SHARE if kind == "wide" else 0.16)
    left = longest if beside else width * SHARE if kind == "wide" else 0.0
    step = (width - left) / len(columns)
    wide = round(step - GAP, 2)
    starts = [round(left + n * step + GAP / 2, 2) for n in range(len(columns))]
    cells, labels, bounds = list[Cell](), list[Text](), list[tuple[float, float, float, float]]()
    below = LINE if any(column.mark for column in columns) else 0.0
    y = HEAD + below
    for number, (line, label) in enumerate(zip(lines, marked, strict=True)):
        words = wrap(label, left - 6 if left else width)
        above = 0.0 if left else len(words) * LINE
        tall = max(TALL[kind], len(words) * LINE if left else 0.0)
        if line.mark and number:
            bounds.append((0.0, round(y - GAP / 2, 2), width, round(y - GAP / 2, 2)))
        first = y + (tall - len(words) * LINE) / 2 + 14 if left else y + 13
        labels += [Text(0, round(first + n * LINE, 2), word) for n, word in enumerate(words)]
        cells += _row(line.numbers, starts, y + above, wide, tall, greatest)
        y += above + tall + GAP
    middles = [round(left + (n + 0.5) * step, 2) for n in range(len(columns))]
    heads = [Text(x, 15 + below, column.short, "middle") for x, column in zip(middles, columns, strict=True)]
    for n, column in enumerate(columns):
        if column.mark:
            x = round(left + n * step, 2)
            bounds.append((x, 0.0, x, round(y, 2)))
            heads.append(Text(middles[n], 14, column.mark, "middle"))
    return GridDrawing(kind, width, round(y, 2), tuple(cells), tuple(heads), tuple(labels), tuple(bounds))


def _row(
    numbers: Sequence[int], starts: Sequence[float], top: float, width: float, tall: float, greatest: int
) -> list[Cell]:
    found = []
    y, middle, middle_small = round(top, 2), round(top + tall / 2 + 5, 2), round(top + tall / 2 + 4, 2)
    for x, number in zip(starts, numbers, strict=True):
        text = str(number) if number else ""
        small = text_width(text, NORMAL) > width - 4
        at = Text(round(x + width / 2, 2), middle_small if small else middle, text, "middle")
        found.append(Cell(x, y, width, tall, level(number, greatest), small, at))
    return found
