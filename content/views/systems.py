"""Systems: the list, a system, and how much of the time it operated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import Response, g, render_template

from content.queries import maintenance, systems, uptime
from content.queries.question_letters import lists
from content.queries.uptime import Period
from content.views.incidents import page_number
from content.views.words import percent
from portal.core import clock
from portal.web import charts
from portal.web.access import public
from portal.web.downloads import csv_file
from portal.web.language import _, choose

HEAD = (
    "day", "uptime_percent", "lost_minutes", "counted_minutes", "worst_status", "incidents_without_stated_times",
)  # fmt: skip


@public
def list_all() -> str:
    """All systems with their present state."""
    now = clock.now()
    return render_template(
        "content/systems.html",
        states=systems.states(g.session, at=now),
        planned=maintenance.planned(g.session, at=now),
    )


@public
def show(key: str) -> str:
    """One system."""
    now = clock.now()
    page = systems.system_page(g.session, key, number=page_number())
    states = systems.states(g.session, at=now)
    return render_template(
        "content/system.html",
        page=page,
        states=states,
        state=next(state for state in states.systems if state.system.key == key),
        planned=maintenance.planned(g.session, at=now, system=key),
        days=uptime.bars(uptime.uptime_days(g.session, key, at=now)),
        asked=lists.about(g.session, "system", key, today=clock.day_in_japan(now)),
        day=clock.day_in_japan(now),
    )


@public
def times(key: str) -> str:
    """How much of the time a system operated, by day and by month, with the rule by which that is counted."""
    page = uptime.uptime_page(g.session, key, at=clock.now())
    chart = _months(page.months, choose(page.system, "name"))
    return render_template("content/uptime.html", page=page, bars=uptime.bars(page.days), chart=chart)


def _months(months: Sequence[Period], name: str) -> charts.Chart:
    values = [
        charts.Value(
            label=month.day.strftime("%Y-%m"),
            value=percent(month.share),
            day=month.day,
            note="" if month.share is not None else _("Cannot be told"),
        )
        for month in months
    ]
    return charts.line_chart(
        values, key="uptime-months", title=_("Uptime of %(system)s by month", system=name), unit="%"
    )


@public
def days_table(key: str) -> Response:
    """The last 90 days for a spreadsheet."""
    page = uptime.uptime_page(g.session, key, at=clock.now())
    return csv_file(f"{key}-uptime-days.csv", HEAD, _rows(page.days, "%Y-%m-%d"))


@public
def months_table(key: str) -> Response:
    """All months for a spreadsheet."""
    page = uptime.uptime_page(g.session, key, at=clock.now())
    return csv_file(f"{key}-uptime-months.csv", HEAD, _rows(page.months, "%Y-%m"))


def _rows(periods: Iterable[Period], form: str) -> Iterable[Sequence[object]]:
    for one in periods:
        measured = one.measured
        minutes = (round(measured.lost / 60, 3), round(measured.counted / 60, 3))
        yield one.day.strftime(form), percent(one.share), *minutes, str(measured.worst), one.silent
