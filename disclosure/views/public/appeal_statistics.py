"""Appeals, suits and complaints in numbers: the page, and the same for spreadsheets and programs."""

from __future__ import annotations

import csv
import io

from flask import Response, g, jsonify, render_template

from disclosure.queries.statistics_appeals import NAMES, appeal_years
from disclosure.rules import statistics
from portal.core import clock
from portal.web.access import public
from portal.web.downloads import download
from portal.web.language import _

COLUMNS = ("fiscal_year", "line", "label", "value", "suppressed")


@public
def appeal_statistics() -> str:
    """The tables of the closed years."""
    today = clock.day_in_japan(clock.now())
    years = appeal_years(g.session, today=today)
    return render_template(
        "disclosure/statistics_appeals.html", years=years, names=NAMES, least=statistics.terms(today).small_cell
    )


@public
def appeal_statistics_json() -> Response:
    """The same, for programs; a number that is null is hidden."""
    years = appeal_years(g.session, today=clock.day_in_japan(clock.now()))
    return jsonify({"years": [{"fiscal_year": one.year, "lines": one.lines} for one in years], "licence": "CC-BY-4.0"})


@public
def appeal_statistics_csv() -> Response:
    """The same, a number a row (UTF-8 with a byte order mark, as spreadsheets want it)."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for one in appeal_years(g.session, today=clock.day_in_japan(clock.now())):
        for line, number in one.lines.items():
            value = {"value": "" if number is None else number, "suppressed": "yes" if number is None else "no"}
            writer.writerow({"fiscal_year": one.year, "line": line, "label": _(NAMES[line]), **value})
    return download(text.getvalue().encode("utf-8-sig"), name="appeals.csv", media_type="text/csv")
