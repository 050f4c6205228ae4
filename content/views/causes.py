"""The published list of cause classes."""

from __future__ import annotations

from flask import Response, g, render_template

from content.queries import causes
from content.rules.archive.kinds import CauseStatus
from portal.web.access import public
from portal.web.downloads import csv_file

HEAD = ("key", "name_ja", "name_en", "national", "veris", "incidents", *CauseStatus)


@public
def list_all() -> str:
    """All classes, what they are mapped to, and how many incidents each has."""
    return render_template("content/causes.html", lines=causes.causes(g.session))


@public
def table() -> Response:
    """The same for a spreadsheet."""
    rows = [
        [
            line.cause.key, line.cause.name_ja, line.cause.name_en, line.cause.national, line.cause.veris, line.total,
            *line.by_status.values(),
        ]
        for line in causes.causes(g.session)
    ]  # fmt: skip
    return csv_file("causes.csv", HEAD, rows)
