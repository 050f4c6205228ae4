"""How soon incidents were said in public: the spread over all of them, and the values for a spreadsheet."""

from __future__ import annotations

from flask import Response, g, render_template

from content.queries.clock_figures import LENGTHS, UPDATES, ClockRow, clock_figures, clock_rows
from content.queries.incident_clock import STEPS
from content.rules.distribution import Span, Spread
from content.rules.yardsticks import Took, shipped
from content.views.clock_words import SPANS
from content.views.clock_words import STEPS as STEP_NAMES
from portal.web import charts
from portal.web.access import public
from portal.web.downloads import csv_file
from portal.web.language import _

HEAD = (
    "incident",
    *(column for step in STEPS for column in (step, f"{step}_known")),
    *(column for name in (*LENGTHS, UPDATES) for column in (f"{name}_minutes", f"{name}_days")),
)


@public
def show() -> str:
    """The spread of every length, as pictures with tables."""
    found = clock_figures(g.session)
    parts = [(name, title(name), spread, picture(name, spread)) for name, spread in found.spreads.items()]
    return render_template("content/disclosure_clock.html", figures=found, parts=parts, yardsticks=shipped())


def title(name: str) -> str:
    """What a length is, in words."""
    if name == UPDATES:
        return _("Longest silence between two bulletins while it went on")
    starts, end = LENGTHS[name]
    return _("From “%(start)s” to “%(end)s”", start=str(STEP_NAMES[starts[0]]), end=str(STEP_NAMES[end]))


def picture(name: str, spread: Spread) -> charts.Chart | None:
    """Bars by class of length, those known to the minute and those known by day apart; None without any."""
    if not spread.told:
        return None
    series = ((_("known to the minute"), spread.exact), (_("known only by day"), spread.by_day))
    used = [(label, counts) for label, counts in series if any(counts.values())]
    values = [
        charts.Value(label=str(SPANS[span]), value=counts[span], series=label)
        for span in Span
        for label, counts in used
        if any(other[span] for _label, other in used)
    ]
    return charts.bar_chart(values, key=f"clock-{name}", title=title(name), unit=_("incidents"))


@public
def table() -> Response:
    """Each incident's moments and lengths as CSV."""
    return csv_file("disclosure-clock.csv", HEAD, map(_cells, clock_rows(g.session)))


def _cells(row: ClockRow) -> list[object]:
    cells: list[object] = [row.key]
    for step in STEPS:
        moment = getattr(row.times, step)
        if moment is None:
            cells += ["", ""]
        else:
            cells += [moment.at.isoformat(), "minute"] if moment.exact else [moment.day.isoformat(), "day"]
    for name in (*LENGTHS, UPDATES):
        cells += _length(row.lengths[name])
    return cells


def _length(took: Took | None) -> list[object]:
    if took is None:
        return ["", ""]
    return [round(took.length.total_seconds() / 60), ""] if took.exact else ["", took.length.days]
