"""Figures: the list, a figure with its picture, and the same values for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, g, render_template

from content.queries import figures
from content.queries.figures import FigurePage
from content.queries.open_shapes import number
from content.rules.archive.kinds import Certainty, Chart
from content.views.counted_figures import titles
from portal.web import charts
from portal.web.access import public
from portal.web.chart_parts import MOST_SERIES
from portal.web.downloads import csv_file
from portal.web.language import choose

HEAD = (
    "figure", "series_ja", "series_en", "label_ja", "label_en", "day", "period", "value", "unit_ja", "unit_en",
    "area", "certainty", "sources",
)  # fmt: skip


@public
def list_all() -> str:
    """All figures."""
    counted = {str(by): title for by, title in titles().items()}
    return render_template("content/figures.html", figures=figures.figures(g.session), counted=counted)


@public
def show(key: str) -> str:
    """One figure."""
    page = figures.figure_page(g.session, key)
    return render_template("content/figure.html", page=page, chart=picture(page))


def picture(page: FigurePage) -> charts.Chart:
    """The figure as a drawing: lines where every value has a day and the figure asks for them, else bars.

    More series than a drawing can tell apart become one, their names beside the labels.
    """
    figure = page.figure
    names = {key: choose(series, "name") or "" for key, series in page.series.items()}
    apart = len(names) <= MOST_SERIES
    values = [
        charts.Value(
            label=choose(point, "label") if apart else labelled(choose(point, "label"), names[point.series_id]),
            value=point.value,
            series=names[point.series_id] if apart else "",
            day=point.day,
            sure=point.certainty == Certainty.CONFIRMED,
        )
        for point in page.points
    ]
    lined = figure.chart == Chart.LINE and all(value.day for value in values)
    draw = charts.line_chart if lined else charts.bar_chart
    return draw(values, key=figure.key, title=choose(figure, "title"), unit=choose(figure, "unit"))


def labelled(label: str, series: str) -> str:
    """A label with its series, where they differ."""
    return label if series in ("", label) else f"{label} / {series}"


@public
def table(key: str) -> Response:
    """The values as CSV."""
    page = figures.figure_page(g.session, key)
    return csv_file(f"{page.figure.key}.csv", HEAD, _rows(page))


def _rows(page: FigurePage) -> Iterator[list[object]]:
    for point in page.points:
        series = page.series[point.series_id]
        cited = "; ".join(f"{one.source.key} {one.place}" for one in page.cited.of(point.id))
        yield [
            page.figure.key, series.name_ja, series.name_en, point.label_ja, point.label_en, point.day,
            point.period, number(point.value), page.figure.unit_ja, page.figure.unit_en, point.area,
            point.certainty, cited,
        ]  # fmt: skip
