"""Figures of the register of question letters: one page with pictures, tables and rules, and a file for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, g, render_template, url_for

from content.queries.question_letters.register import department_names, register
from content.rules.question_letters import figures
from content.rules.question_letters.figures import (
    DAYS,
    LONGER,
    NO_GROUND,
    OPEN,
    OUTCOMES,
    OVERDUE,
    PROMISES,
    Counted,
    CountingRule,
    Figure,
)
from content.rules.question_letters.register import NOBODY
from content.rules.question_letters.standing import Promise, Standing
from content.rules.reuse import LICENCE_URL
from content.views.letter_words import STANDINGS
from content.views.words import GROUNDS
from portal.core import clock
from portal.core.errors import NotFound
from portal.web.access import public
from portal.web.chart_grid import Column, Grid, Line, grid
from portal.web.charts import Chart, Value, bar_chart
from portal.web.downloads import csv_file
from portal.web.language import _, choose

HEAD = ("figure", "group", "class", "count", "of", "percent", "as_of", "counting_rule_from", "licence")
# So many periods have room in a picture.
QUARTERS = 12
COARSE = (Standing.ANSWERED, Standing.DECLINED, OPEN, Standing.UNANSWERED)


@dataclass(frozen=True)
class Shown:
    """A figure with its picture, how it is counted, and its file."""

    figure: Figure
    title: str
    bars: Chart | None
    grid: Grid | None
    rule: CountingRule
    csv: str
    total: int


@public
def show() -> str:
    """All figures of the register."""
    held, today = register(g.session), clock.day_in_japan(clock.now())
    return render_template(
        "content/question_letters/figures.html",
        shown=[_shown(figures.counted(one, held, today), today) for one in Figure],
        median=figures.median_days(held),
        letters=held.letters.all.bit_count(),
        questions=held.items.all.bit_count(),
        today=today,
    )


@public
def table(figure: str) -> Response:
    """A figure's values for a spreadsheet, with the day as of which they hold."""
    if figure not in list(Figure):
        raise NotFound
    one, today = Figure(figure), clock.day_in_japan(clock.now())
    counted, since = figures.counted(one, register(g.session), today), figures.rule(one, today).effective_from
    names = department_names(g.session) if one is Figure.DEPARTMENT else {}
    rows = []
    for group, row in counted.rows.items():
        total = sum(row.values())
        named = names[group].name_ja if group in names else group
        rows += [
            (one, named, name, count, total, round(100 * count / total, 1), today, since, LICENCE_URL)
            for name, count in row.items()
        ]
    response = csv_file(f"letters-{figure}.csv", HEAD, rows)
    response.headers.add("Link", f'<{LICENCE_URL}>; rel="license"')
    return response


def titles() -> dict[Figure, str]:
    """What each figure is called."""
    return {
        Figure.OUTCOME: _("Where the questions stand"),
        Figure.GROUND: _("Why questions were declined"),
        Figure.PROMISES: _("What became of what was put off"),
        Figure.DAYS: _("Days until the answer"),
        Figure.DEPARTMENT: _("Questions by department"),
        Figure.YEAR: _("Questions by year"),
        Figure.QUARTER: _("Questions by quarter"),
    }


def _shown(counted: Counted, today: date) -> Shown:
    figure = counted.figure
    title = titles()[figure]
    key, drawn_title = f"letters-{figure}", title + _(" (%(text)s)", text=today.isoformat())
    bars: Chart | None = None
    drawn: Grid | None = None
    if counted.rows:
        match figure:
            case Figure.YEAR | Figure.QUARTER:
                drawn = _over_time(counted, key, drawn_title)
            case Figure.DEPARTMENT:
                bars = _departments(counted, key, drawn_title)
            case _:
                bars = _one_group(counted, key, drawn_title)
    csv = url_for("content.letter_figure_table", figure=str(figure))
    return Shown(figure, title, bars, drawn, figures.rule(figure, today), csv, counted.total)


def _one_group(counted: Counted, key: str, title: str) -> Chart:
    """Bars of the classes, each with its share."""
    row = counted.rows.get("", {})
    words = _words(counted.figure)
    values = [
        Value(text, row.get(name, 0), note=_percent(row.get(name, 0), counted.total)) for name, text in words.items()
    ]
    return bar_chart(values, key=key, title=title, unit=_unit(counted.figure))


def _departments(counted: Counted, key: str, title: str) -> Chart:
    names, words = department_names(g.session), _words(counted.figure)
    order = sorted(counted.rows, key=lambda one: (one == NOBODY, names[one].name_ja if one in names else ""))
    values = [
        Value(_department(names, group), counted.rows[group].get(name, 0), series=words[name])
        for group in order
        for name in COARSE
    ]
    return bar_chart(values, key=key, title=title, unit=_unit(counted.figure))


def _department(names: Mapping[str, Any], group: str) -> str:
    return str(choose(names[group], "name")) if group in names else _("Not recorded")


def _over_time(counted: Counted, key: str, title: str) -> Grid:
    """Classes by period; without a gap for a year in which nobody asked."""
    periods = _periods(list(counted.rows), counted.figure)
    columns = [Column(one, f"’{one[2:4]}" if one[5:] in ("", "Q1") else one[5:]) for one in periods]
    lines = [
        Line(text, tuple(counted.rows.get(period, {}).get(name, 0) for period in periods))
        for name, text in _words(counted.figure).items()
    ]
    return grid(columns, lines, key=key, title=title, unit=_unit(counted.figure))


def _periods(known: Sequence[str], figure: Figure) -> list[str]:
    first, last = int(known[0][:4]), int(known[-1][:4])
    years = range(first, last + 1)
    if figure is Figure.YEAR:
        return [f"{year:04}" for year in years]
    quarters = [f"{year:04}-Q{n}" for year in years for n in range(1, 5)]
    return quarters[: quarters.index(known[-1]) + 1][-QUARTERS:]


def _words(figure: Figure) -> dict[str, str]:
    """The classes of a figure in words, in order."""
    standings: dict[str, str] = {one: str(text) for one, (text, _tone) in STANDINGS.items()}
    match figure:
        case Figure.GROUND:
            return {**{one: str(text) for one, text in GROUNDS.items()}, NO_GROUND: _("No ground was named")}
        case Figure.PROMISES:
            words = {
                Promise.IN_TIME: _("Answered by the day promised"),
                Promise.LATE: _("Answered after the day promised"),
                Promise.OPEN: _("Still open, the day has not passed"),
                OVERDUE: _("Overdue"),
                Promise.DECLINED: _("Declined in the end"),
            }
            return {one: words[one] for one in PROMISES}
        case Figure.DAYS:
            starts = (0, *(most + 1 for most in DAYS))
            words = {
                str(most): _("%(a)s–%(b)s days", a=start, b=most) for start, most in zip(starts, DAYS, strict=False)
            }
            return {**words, LONGER: _("More than %(n)s days", n=DAYS[-1])}
        case Figure.DEPARTMENT:
            words = {**standings, OPEN: _("Not answered so far")}
            return {one: words[one] for one in COARSE}
        case _:
            words = {**standings, OVERDUE: _("Overdue")}
            return {one: words[one] for one in OUTCOMES}


def _unit(figure: Figure) -> str:
    return _("letters") if figure is Figure.DAYS else _("questions")


def _percent(count: int, total: int) -> str:
    return f"{100 * count / total:.0f}%" if total else "–"
