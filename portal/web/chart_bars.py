"""Horizontal bars. Wide: labels in a column at the left. Narrow: each label above its bars."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from portal.web.chart_parts import (
    FONT,
    SHAPES,
    Bar,
    Drawing,
    Mark,
    Text,
    Tick,
    Value,
    number_text,
    text_width,
    ticks_of,
    wrap,
)

LINE = 20.0
BAR = {"wide": 24.0, "narrow": 20.0}
BETWEEN_BARS, BETWEEN_GROUPS = 4.0, 16.0
LABEL_SHARE = 0.3
GAP = 8.0
BOLD = 1.12
SIGN = 15.0


def draw(values: Sequence[Value], series: tuple[str, ...], kind: str, width: float) -> Drawing:
    """One layout of all bars, top to bottom in the order of ``values``."""
    groups: dict[str, list[Value]] = {}
    for value in values:
        groups.setdefault(value.label, []).append(value)
    known = [value.value for value in values if value.value is not None]
    marks = ticks_of(known, 5 if kind == "wide" else 3)
    label_width = min(width * LABEL_SHARE, max(text_width(label) for label in groups) + 4) if kind == "wide" else width
    left = label_width + GAP if kind == "wide" else 0.0
    room = max(text_width(number_text(value), FONT) * BOLD for value in known or [0.0]) + 2 * GAP
    room += SIGN if len(series) > 1 else 0.0
    below = room if min(known, default=0.0) < 0 else 0.0
    start, right = left + below, width - room
    scale = (right - start) / (marks[-1] - marks[0])

    def across(number: float) -> float:
        return round(start + (number - marks[0]) * scale, 2)

    y, texts, bars = BETWEEN_GROUPS / 2, list[Text](), list[Bar]()
    for label, group in groups.items():
        lines = wrap(label, label_width)
        tall = len(group) * BAR[kind] + (len(group) - 1) * BETWEEN_BARS
        if kind == "wide":
            height = max(tall, len(lines) * LINE)
            first = y + (height - len(lines) * LINE) / 2
            texts += [Text(label_width, round(first + n * LINE + 15, 2), line, "end") for n, line in enumerate(lines)]
            top = y + (height - tall) / 2
        else:
            texts += [Text(0, round(y + n * LINE + 13, 2), line) for n, line in enumerate(lines)]
            top, height = y + len(lines) * LINE, len(lines) * LINE + tall
        step = BAR[kind] + BETWEEN_BARS
        bars += [_bar(value, series, across, top + n * step, BAR[kind]) for n, value in enumerate(group)]
        y += height + BETWEEN_GROUPS
    bottom = round(y - BETWEEN_GROUPS / 2, 2)
    scale_marks = tuple(Tick(across(at), Text(across(at), bottom + 18, number_text(at), "middle")) for at in marks)
    return Drawing(
        kind, width, bottom + 26, left=across(min(max(0.0, marks[0]), marks[-1])), right=right, top=0, bottom=bottom,
        texts=tuple(texts), bars=tuple(bars), across=_inside(scale_marks, width),
    )  # fmt: skip


def _bar(value: Value, series: tuple[str, ...], across: Callable[[float], float], top: float, thick: float) -> Bar:
    number = value.value or 0.0
    zero, end = across(0.0), across(number)
    x, width = min(zero, end), round(abs(end - zero), 2)
    middle = round(top + thick / 2 + 5, 2)
    text, at = number_text(value.value), series.index(value.series)
    if number < 0:
        return Bar(x, round(top, 2), width, thick, at + 1, value.sure, Text(round(end - GAP, 2), middle, text, "end"))
    sign = Mark(round(end + 13, 2), round(top + thick / 2, 2), at + 1, SHAPES[at], value.sure, text)
    beside = Text(round(end + GAP + (SIGN if len(series) > 1 else 0), 2), middle, text)
    return Bar(x, round(top, 2), width, thick, at + 1, value.sure, beside, sign if len(series) > 1 else None)


def _inside(marks: tuple[Tick, ...], width: float) -> tuple[Tick, ...]:
    """Labels of the scale kept within the drawing."""
    kept = []
    for mark in marks:
        half = text_width(mark.label.text, 13) / 2
        x = min(max(mark.label.x, half), width - half)
        kept.append(Tick(mark.at, Text(round(x, 2), mark.label.y, mark.label.text, "middle")))
    return tuple(kept)
