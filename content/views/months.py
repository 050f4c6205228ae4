"""The record by month: lists that stay in their place when something new is published."""

from __future__ import annotations

import calendar
from datetime import date

from flask import g, render_template, url_for

from content.queries import incidents, written_things
from content.queries.facets import months
from content.rules.filters import NOTHING, Filters, Sort
from content.views.timeline import months_grid
from portal.core.errors import NotFound
from portal.web.access import public


@public
def index() -> str:
    """All years and months with their counts."""
    counts = months(g.session, NOTHING)
    years: dict[str, list[tuple[str, int]]] = {}
    for month, count in sorted(counts.items(), reverse=True):
        years.setdefault(month[:4], []).append((month, count))
    picture = months_grid(counts, url_for("content.incidents"), key="archive")
    return render_template("content/archive.html", years=years, picture=picture)


@public
def show(month: str) -> str:
    """Every incident of a month on one page; NotFound for a month of which there is none."""
    there = written_things.all_months(g.session)
    if month not in there:
        raise NotFound
    year, number = int(month[:4]), int(month[5:])
    first = date(year, number, 1)
    filters = Filters(first=first, last=first.replace(day=calendar.monthrange(year, number)[1]))
    at = there.index(month)
    return render_template(
        "content/month.html",
        month=month,
        lines=incidents.named(g.session, incidents.found_keys(g.session, filters, Sort.OLDEST)),
        before=there[at - 1] if at else None,
        after=there[at + 1] if at + 1 < len(there) else None,
    )
