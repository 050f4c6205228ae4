"""Requests in numbers: the page, each year's table, and the same for programs and spreadsheets."""

from __future__ import annotations

import csv
import io
import threading
from datetime import date

from flask import Blueprint, Response, abort, current_app, g, jsonify, render_template
from flask.blueprints import BlueprintSetupState

from disclosure.queries import statistics as queries
from disclosure.queries import statistics_data as data
from disclosure.queries.published_figures import published
from disclosure.queries.statistics import Figures
from disclosure.queries.statistics_documents import DocumentYear, document_years, plain, rows
from disclosure.queries.statistics_wording import CLAIM_NAMES, LINE_NAMES, PART_NAMES
from disclosure.rules.claims import KINDS
from disclosure.rules.inquiry_counts import COUNTS, ShownCount, shown
from disclosure.rules.statistics import Year
from disclosure.rules.statistics_lines import PARTS
from portal.core import clock
from portal.web import charts
from portal.web.access import public
from portal.web.building import settings
from portal.web.downloads import download
from portal.web.language import _

EXTENSION = "disclosure.statistics"
# What the picture of a year shows: the whole table's outcomes, or the three lines of a year that runs.
OUTCOMES = ("result-full", "other-partial", "other-refused", "other-transferred", "other-elsewhere", "none-withdrawn")
RUNNING = ("result-full", "result-other", "result-none")


class KeptFigures:
    """The figures of one day in one process. They stand as the day before ended, so a day has one set of them.

    The worker counts them; until it has, those of the day before are shown, which say until when they are.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[date, Figures] | None = None
        self._documents: tuple[date, tuple[DocumentYear, ...]] | None = None

    def of(self, today: date, profile: str) -> Figures:
        """The figures; counted here only where no worker has counted any in the last days."""
        with self._lock:
            if self._kept is not None and self._kept[0] == today:
                return self._kept[1]
            found = published(g.session, profile, today=today)
            if found is None:
                found = (today, queries.figures(g.session, profile=profile, today=today))
            self._kept = found
            return found[1]

    def documents(self, today: date) -> tuple[DocumentYear, ...]:
        """The figures of requests for documents."""
        with self._lock:
            if self._documents is None or self._documents[0] != today:
                self._documents = (today, document_years(g.session, today=today))
            return self._documents[1]


def install(blueprint: Blueprint) -> None:
    """Give each application its own figures."""

    @blueprint.record
    def keep(state: BlueprintSetupState) -> None:
        state.app.extensions[EXTENSION] = KeptFigures()


def _figures() -> Figures:
    kept: KeptFigures = current_app.extensions[EXTENSION]
    profile = settings().organisation.profile
    return kept.of(clock.day_in_japan(clock.now()), profile)


def _documents() -> tuple[DocumentYear, ...]:
    kept: KeptFigures = current_app.extensions[EXTENSION]
    return kept.documents(clock.day_in_japan(clock.now()))


@public
def statistics() -> str:
    """This year so far, and what is published of the years."""
    found = _figures()
    return render_template(
        "disclosure/statistics.html",
        found=found,
        latest=next((year for year in found.years if year.as_of), None),
        picture=picture,
        names=LINE_NAMES,
        claim_names=CLAIM_NAMES,
        claim_kinds=KINDS,
        inquiries=_inquiries(found),
        documents=_documents(),
    )


@public
def statistics_year(year: int) -> str:
    """The table of one fiscal year."""
    found = _figures()
    chosen = next((one for one in found.years if one.year == year), None)
    if chosen is None:
        abort(404)
    return render_template(
        "disclosure/statistics_year.html",
        found=found,
        year=chosen,
        picture=picture,
        parts=PARTS,
        part_names=PART_NAMES,
        names=LINE_NAMES,
    )


@public
def statistics_json() -> Response:
    """Everything that the pages show, for programs."""
    found = _figures()
    documents = [plain(one) for one in _documents()]
    return jsonify(data.whole(found, _inquiries(found)) | ({"documents": documents} if documents else {}))


def _inquiries(found: Figures) -> tuple[ShownCount, ...]:
    """What the organisation publishes of inquiries by investigators; nothing unless it decided to."""
    return shown(COUNTS, before=found.year, least=found.least)


@public
def statistics_csv() -> Response:
    """The same, a number a row (RFC 4180, UTF-8 with a byte order mark so that spreadsheets read Japanese)."""
    text = io.StringIO()
    writer = csv.DictWriter(text, data.COLUMNS)
    writer.writeheader()
    writer.writerows({**row, "label": _(LINE_NAMES[str(row["line"])])} for row in data.rows(_figures()))
    writer.writerows({**row, "label": _(CLAIM_NAMES[str(row["line"])])} for row in data.claim_rows(_figures()))
    writer.writerows({**row, "label": _(LINE_NAMES[str(row["line"])])} for row in rows(_documents()))
    return download(text.getvalue().encode("utf-8-sig"), name="requests.csv", media_type="text/csv")


def picture(year: Year) -> charts.Chart | None:
    """What became of a year's requests, as bars; None while nothing of it is published."""
    lines = (*OUTCOMES, "none-in-progress") if year.closed else RUNNING
    values = [
        charts.Value(_(LINE_NAMES[line]), year.lines[line], note="" if year.lines[line] is not None else _("hidden"))
        for line in lines
        if line in year.lines
    ]
    if not values:
        return None
    title = _("What became of the requests of fiscal year %(year)s", year=year.year)
    return charts.bar_chart(values, key=f"requests-{year.year}", title=title, unit=_("requests"))
