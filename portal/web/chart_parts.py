"""The parts that a chart's drawing is made of, and the measuring that all kinds of chart share.

Lengths are user units of the drawing, which are CSS pixels at its natural width.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

WIDE, NARROW = 760.0, 360.0
FONT = 14.0
MOST_SERIES = 4
MOST_TICKS = 6
MOST_WIDTHS = 4_000
SHAPES = ("circle", "square", "triangle", "diamond")


@dataclass(frozen=True)
class Value:
    """One number of a chart. ``value`` None is a gap; ``sure`` False is an estimate, drawn open; ``day`` for lines."""

    label: str
    value: float | None
    series: str = ""
    day: date | None = None
    sure: bool = True
    note: str = ""


class Text(NamedTuple):
    x: float
    y: float
    text: str
    anchor: str = "start"


@dataclass(frozen=True)
class Mark:
    """A point of a line or the sign of a bar; ``shape`` differs by series, so that colour is never the only sign."""

    x: float
    y: float
    series: int
    shape: str
    sure: bool
    text: str


@dataclass(frozen=True)
class Bar:
    """A bar with the text of its value; ``series`` counts from 1; ``sign`` tells several series apart."""

    x: float
    y: float
    width: float
    height: float
    series: int
    sure: bool
    value: Text
    sign: Mark | None = None


@dataclass(frozen=True)
class Tick:
    at: float
    label: Text


@dataclass(frozen=True)
class Drawing:
    """One layout of a chart, ``kind`` wide or narrow. ``lines`` are polyline point lists by series."""

    kind: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    texts: tuple[Text, ...] = ()
    bars: tuple[Bar, ...] = ()
    lines: tuple[tuple[int, str], ...] = ()
    marks: tuple[Mark, ...] = ()
    across: tuple[Tick, ...] = ()
    up: tuple[Tick, ...] = ()


@dataclass(frozen=True)
class Row:
    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Chart:
    """Everything the template needs. ``series`` are the names in order; one unnamed series shows no legend."""

    key: str
    title: str
    description: str
    unit: str
    series: tuple[str, ...]
    drawings: tuple[Drawing, ...]
    rows: tuple[Row, ...]
    estimates: bool


@lru_cache(MOST_WIDTHS)
def text_width(text: str, size: float = FONT) -> float:
    """The width of a text in user units, near enough for layout: full width 1 em, others 0.66 em."""
    return sum(size * (1.0 if unicodedata.east_asian_width(char) in "WF" else 0.66) for char in text)


def wrap(text: str, width: float, size: float = FONT) -> tuple[str, ...]:
    """Lines of at most ``width``; breaks at spaces where there are some, else between any two characters."""
    lines, line = [], ""
    for word in _words(text):
        if line and text_width((line + word).rstrip(), size) > width:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return (*lines, line.rstrip()) if line.strip() or not lines else tuple(lines)


def _words(text: str) -> list[str]:
    """The pieces a line may end after: words with their space, or single full-width characters."""
    words: list[str] = []
    for char in text:
        wide = unicodedata.east_asian_width(char) in "WF"
        closing = char in "、。，．）」』】・ー" or unicodedata.category(char) == "Pe"
        if not words or (wide and not closing) or words[-1][-1] == " " or (not closing and _is_wide(words[-1])):
            words.append(char)
        else:
            words[-1] += char
    return words


def _is_wide(word: str) -> bool:
    return unicodedata.east_asian_width(word[-1]) in "WF"


def nice_step(span: float, most: int = MOST_TICKS) -> float:
    """The smallest of 1, 2, 5 × 10ⁿ that covers ``span`` in at most ``most`` steps. Raises ValueError for span ≤ 0."""
    if not span > 0 or not math.isfinite(span):
        raise ValueError("A span must be a positive number.")
    rough = span / most
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))


def ticks(lowest: float, highest: float, most: int = MOST_TICKS, *, least: float = 0.0) -> tuple[float, ...]:
    """Round numbers from at most ``lowest`` (or 0) to at least ``highest`` (or 0), ``least`` apart or more."""
    low, high = min(0.0, lowest), max(0.0, highest)
    if low == high:
        high = 1.0
    step = max(least, nice_step(high - low, most))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(n * step, 10) for n in range(first, last + 1))


def ticks_of(values: Sequence[float], most: int = MOST_TICKS) -> tuple[float, ...]:
    """The ticks that cover zero and all values; whole numbers among whole ones, for nobody counts half an incident."""
    whole = 1.0 if all(float(value).is_integer() for value in values) else 0.0
    return ticks(min(values, default=0.0), max(values, default=0.0), most, least=whole)


def number_text(value: float | None) -> str:
    """A number with thousands separators and no needless decimals; a gap is a dash."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")


def series_of(values: Sequence[Value]) -> tuple[str, ...]:
    """Names of the series in the order of their first value."""
    names = tuple(dict.fromkeys(value.series for value in values))
    if not names:
        raise ValueError("A chart needs at least one value.")
    if len(names) > MOST_SERIES:
        raise ValueError(f"A chart shows at most {MOST_SERIES} series; this has {len(names)}.")
    return names
