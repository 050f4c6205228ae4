"""Charts: numbers in, frozen coordinates out. ``charts.html`` draws them as SVG.

Each chart is laid out twice, wide and narrow, so that its text keeps its size on a telephone; the style sheet shows
one of the two. Nothing here knows colours, languages or templates. Every chart carries its values as table rows,
because a picture alone tells some readers nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portal.web import chart_bars, chart_lines
from portal.web.chart_parts import NARROW, WIDE, Chart, Drawing, Row, Value, number_text, series_of

__all__ = ["Chart", "Value", "bar_chart", "line_chart", "number_text"]


def bar_chart(values: Sequence[Value], *, key: str, title: str, unit: str, description: str = "") -> Chart:
    """Horizontal bars, grouped by label, one bar a series. Raises ValueError for no values or too many series."""
    series = series_of(values)
    drawings = (chart_bars.draw(values, series, "wide", WIDE), chart_bars.draw(values, series, "narrow", NARROW))
    return _chart(values, series, drawings, key, title, unit, description)


def line_chart(values: Sequence[Value], *, key: str, title: str, unit: str, description: str = "") -> Chart:
    """Lines over time, one a series; every value needs a day. Raises ValueError otherwise."""
    series = series_of(values)
    if any(value.day is None for value in values):
        raise ValueError("Every value of a line chart needs a day.")
    drawings = (chart_lines.draw(values, series, "wide", WIDE), chart_lines.draw(values, series, "narrow", NARROW))
    ordered = sorted(values, key=lambda value: value.day or date.min)
    return _chart(ordered, series, drawings, key, title, unit, description)


def _chart(
    values: Sequence[Value], series: tuple[str, ...], drawings: tuple[Drawing, ...], key: str, title: str, unit: str,
    description: str,
) -> Chart:  # fmt: skip
    cells: dict[str, dict[str, str]] = {}
    for value in values:
        note = f" ({value.note})" if value.note else ""
        cells.setdefault(value.label, {})[value.series] = number_text(value.value) + note
    rows = tuple(Row(label, tuple(found.get(name, "–") for name in series)) for label, found in cells.items())
    estimates = any(not value.sure for value in values)
    return Chart(key, title, description, unit, series, drawings, rows, estimates)
