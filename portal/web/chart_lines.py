"""Lines over time. The scale of days is true to time; gaps in the values are gaps in the line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from portal.web.chart_parts import SHAPES, Drawing, Mark, Text, Tick, Value, number_text, text_width, ticks_of

HEIGHT = {"wide": 320.0, "narrow": 260.0}
TOP, BOTTOM = 16.0, 30.0
SMALL = 13.0
MOST_DAYS = {"wide": 7, "narrow": 3}


def draw(values: Sequence[Value], series: tuple[str, ...], kind: str, width: float) -> Drawing:
    """One layout of all lines."""
    known = [value.value for value in values if value.value is not None]
    marks = ticks_of(known)
    height = HEIGHT[kind]
    left = round(max(text_width(number_text(at), SMALL) for at in marks) + 10, 2)
    bottom, right = height - BOTTOM, width - 14.0
    days = sorted({value.day for value in values if value.day is not None})
    first, span = days[0], max((days[-1] - days[0]).days, 1)

    def across(day: date) -> float:
        if len(days) == 1:
            return round((left + right) / 2, 2)
        return round(left + 8 + (day - first).days / span * (right - left - 16), 2)

    def up(number: float) -> float:
        return round(bottom - (number - marks[0]) / (marks[-1] - marks[0]) * (bottom - TOP), 2)

    points = tuple(
        Mark(across(value.day), up(value.value), series.index(value.series) + 1, SHAPES[series.index(value.series)],
             value.sure, f"{value.label}: {number_text(value.value)}")
        for value in values if value.value is not None and value.day is not None
    )  # fmt: skip
    return Drawing(
        kind, width, height, left=left, right=right, top=TOP, bottom=bottom, marks=points,
        lines=tuple(line for number, name in enumerate(series, 1) for line in _lines(values, name, number, across, up)),
        across=_days(days, kind, across, bottom, width),
        up=tuple(Tick(up(at), Text(left - 6, up(at) + 4, number_text(at), "end")) for at in marks),
    )  # fmt: skip


def _lines(
    values: Sequence[Value], name: str, number: int, across: Callable[[date], float], up: Callable[[float], float]
) -> list[tuple[int, str]]:
    """The pieces of one series between its gaps, each as the points of a polyline."""
    pieces: list[list[str]] = [[]]
    for value in sorted((v for v in values if v.series == name and v.day), key=lambda v: v.day or date.min):
        if value.value is None:
            pieces.append([])
        elif value.day is not None:
            pieces[-1].append(f"{across(value.day):g},{up(value.value):g}")
    return [(number, " ".join(piece)) for piece in pieces if len(piece) > 1]


def _days(
    days: Sequence[date], kind: str, across: Callable[[date], float], bottom: float, width: float
) -> tuple[Tick, ...]:
    """Labelled days: the first, the last, and between them as many as have room."""
    half = text_width("2016-01-01", SMALL) / 2
    step = max(1, -(-(len(days) - 1) // (MOST_DAYS[kind] - 1)))
    chosen = [*days[:-1][::step], days[-1]]
    kept: list[date] = []
    for day in chosen:
        while kept and across(day) - across(kept[-1]) < 2 * half + 8 and (day == days[-1] and len(kept) > 1):
            kept.pop()
        if not kept or across(day) - across(kept[-1]) >= 2 * half + 8:
            kept.append(day)
    labels = ((day, min(max(across(day), half), width - half)) for day in kept)
    return tuple(Tick(across(day), Text(round(x, 2), bottom + 20, day.isoformat(), "middle")) for day, x in labels)
