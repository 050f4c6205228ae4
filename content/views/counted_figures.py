"""Figures counted from the record: pages with a picture and the rule of counting, and the same for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import Response, g, render_template, url_for

from content.queries import incident_figures
from content.queries.incident_figures import By, CountedFigure
from content.rules import counting
from content.rules.counting import CountingRule
from content.views.timeline import months_grid
from portal.core.errors import NotFound
from portal.core.wareki import format_wareki
from portal.web.access import public
from portal.web.chart_grid import Column, Grid, Line, grid
from portal.web.charts import Chart, Value, bar_chart
from portal.web.downloads import csv_file
from portal.web.language import _, choose, current

RULE_HEAD = ("counting_rule", "counting_rule_from", "counting_rule_from_assumed")
HEAD = ("period", "class", "class_ja", "class_en", "incidents", *RULE_HEAD, "rule_changes")
LIST_HEAD = ("incident", "day", "cause", "cause_status", "severity", "state", "systems", "areas", *RULE_HEAD)


def titles() -> dict[By, str]:
    """What each figure is called."""
    return {
        By.YEAR: _("Incidents by year"),
        By.MONTH: _("Incidents by year and month"),
        By.CAUSE: _("Incidents by cause and year"),
        By.SEVERITY: _("Incidents by severity and year"),
    }


@public
def show(by: str) -> str:
    """A figure with its picture, its table, and the rules by which it counts."""
    one = _by(by)
    figure = incident_figures.counted_figure(g.session, one, counting.shipped())
    marks = {rule.key: f"※{n}" for n, rule in enumerate(figure.rules, 1)}
    return render_template(
        "content/counted_figure.html",
        title=titles()[one],
        others={str(other): text for other, text in titles().items() if other is not one},
        figure=figure,
        marks=marks,
        bars=bars(figure, marks) if one is By.YEAR else None,
        picture=picture(figure, marks),
        rule_text=rule_text,
        csv=url_for("content.counted_figure_table", by=by),
    )


@public
def table(by: str) -> Response:
    """The figure's values, each with the rule at the end of its period and the changes within it."""
    figure = incident_figures.counted_figure(g.session, _by(by), counting.shipped())
    return csv_file(f"incidents-by-{by}.csv", HEAD, _rows(figure))


@public
def entries() -> Response:
    """Every incident that counts, with the rule by which it does: what all figures are counted from."""
    rows = (
        (
            one.key, one.day, one.cause, one.cause_status, one.severity, one.state, " ".join(one.systems),
            " ".join(one.areas), *_of_rule(rule),
        )
        for one, rule in incident_figures.counted_entries(g.session, counting.shipped())
    )  # fmt: skip
    return csv_file("incidents-counted.csv", LIST_HEAD, rows)


def bars(figure: CountedFigure, marks: dict[str, str]) -> Chart | None:
    """Incidents by year as bars."""
    changed = begun(figure.rules, marks)
    values = [
        Value(f"{year} {changed.get(year, '')}".strip(), figure.rows.get(str(year), {}).get("", 0))
        for year in figure.years
    ]
    return bar_chart(values, key="by-year", title=titles()[By.YEAR], unit=_("incidents")) if values else None


def picture(figure: CountedFigure, marks: dict[str, str]) -> Grid | None:
    """The figure as a grid; a change of the rule is a mark and a line at its year."""
    changed = begun(figure.rules, marks)
    if figure.by is By.YEAR or not figure.rows:
        return None
    if figure.by is By.MONTH:
        counts = {month: row[""] for month, row in figure.rows.items()}
        return months_grid(counts, "", key="by-month", marks=changed)
    years = figure.years
    columns = [Column(str(year), f"’{year % 100:02}", changed.get(year, "")) for year in years]
    held = {key for row in figure.rows.values() for key in row}
    lines = [
        Line(choose(item, "name"), tuple(figure.rows.get(str(year), {}).get(key, 0) for year in years))
        for key, item in figure.classes.items()
        if key in held
    ]
    notes = [(marks[rule.key], rule_text(rule, first=False)) for rule in figure.rules[1:]]
    return grid(columns, lines, key=f"by-{figure.by}", title=titles()[figure.by], unit=_("incidents"), notes=notes)


def begun(rules: Sequence[CountingRule], marks: dict[str, str]) -> dict[int, str]:
    """The marks of rules by the year in which they began; the first one has held from the beginning."""
    return {rule.effective_from.year: marks[rule.key] for rule in rules[1:]}


def rule_text(rule: CountingRule, *, first: bool) -> str:
    """A rule in a sentence, with its first day where it is not the first."""
    name = str(choose(rule, "name"))
    day = format_wareki(rule.effective_from) if current() == "ja" else rule.effective_from.isoformat()
    return name if first else str(_("From %(day)s: %(text)s", day=day, text=name))


def _rows(figure: CountedFigure) -> Iterable[Sequence[object]]:
    rules = counting.shipped()
    for period, row in figure.rows.items():
        last = counting.last_day(period)
        rule = counting.in_force(rules, last)
        changes = "; ".join(
            f"{one.effective_from.isoformat()} {one.key}"
            for one in rules[1:]
            if one.effective_from.isoformat().startswith(period)
        )
        for key, count in sorted(row.items()):
            item = figure.classes.get(key)
            names = (item.name_ja, item.name_en) if item else ("", "")
            yield period, key, *names, count, *_of_rule(rule), changes


def _of_rule(rule: CountingRule) -> tuple[object, ...]:
    return rule.key, rule.effective_from, "yes" if rule.first_day_assumed else "no"


def _by(word: str) -> By:
    if word not in list(By):
        raise NotFound
    return By(word)
