"""How many incidents there were in each month of each year, as a picture whose table leads to them."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy.orm import Session

from content.queries import facets
from content.rules.filters import Filters
from portal.web.chart_grid import Column, Grid, Line, grid
from portal.web.language import _, current

MOST_GRIDS = 100


def timeline(session: Session, filters: Filters, base: str) -> Grid | None:
    """The grid of all that fit but for the period; None where there is nothing. ``base``: the list without a period."""
    return months_grid(facets.months(session, filters), base, key="timeline")


def months_grid(counts: dict[str, int], base: str, *, key: str, marks: dict[int, str] | None = None) -> Grid | None:
    """Years by months; ``marks``: what stands beside a year."""
    return _drawn(current(), tuple(counts.items()), base, key, tuple((marks or {}).items())) if counts else None


@lru_cache(MOST_GRIDS)
def _drawn(
    _language: str, counted: tuple[tuple[str, int], ...], base: str, key: str, marked: tuple[tuple[int, str], ...]
) -> Grid:
    counts, marks = dict(counted), dict(marked)
    years = sorted({int(month[:4]) for month in counts}, reverse=True)
    join = "&" if "?" in base else "?"
    lines = []
    for year in range(years[0], years[-1] - 1, -1):
        months = [f"{year:04}-{month:02}" for month in range(1, 13)]
        links = tuple(f"{base}{join}from={month}&to={month}" if counts.get(month) else "" for month in months)
        numbers = tuple(counts.get(month, 0) for month in months)
        href = f"{base}{join}from={year:04}&to={year:04}" if any(numbers) else ""
        lines.append(Line(f"{year:04}", numbers, marks.get(year, ""), links, href))
    columns = [Column(_("Month %(n)s", n=month), str(month)) for month in range(1, 13)]
    return grid(columns, lines, key=key, title=_("Incidents by year and month"), unit=_("incidents"))
