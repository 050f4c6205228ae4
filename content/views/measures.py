"""Measures and promises: the public list, and the same for a spreadsheet."""

from __future__ import annotations

from flask import Response, g, render_template, request

from content.queries import measures
from content.rules.measure_index import MeasureFilters
from content.rules.measures import Standing
from content.views.incidents import page_number
from portal.core import clock
from portal.core.clock import day_in_japan
from portal.web.access import public
from portal.web.downloads import csv_file

LONGEST_KEY = 80
HEAD = (
    "id", "incident", "owner", "state", "status", "due_on", "effect", "cause", "systems", "letter", "day", "period",
    "text_ja", "text_en", "evidence_ja", "evidence_en", "reports",
)  # fmt: skip


def asked() -> MeasureFilters:
    """The filters of the address; what cannot be meant is left out."""
    owner, system, cause = (request.args.get(name, "")[:LONGEST_KEY] or None for name in ("owner", "system", "cause"))
    state = request.args.get("state", "")
    return MeasureFilters(owner, system, cause, Standing(state) if state in set(Standing) else None)


@public
def list_all() -> str:
    """All measures, by filters, page by page."""
    filters, today = asked(), day_in_japan(clock.now())
    return render_template(
        "content/measures.html",
        filters=filters,
        page=measures.list_measures(g.session, filters, today=today, number=page_number()),
        choices=measures.measure_choices(g.session, filters, today=today),
        today=today,
    )


@public
def table() -> Response:
    """What the filters leave, for a spreadsheet."""
    rows = []
    for line in measures.all_measures(g.session, asked(), today=day_in_japan(clock.now())):
        one = line.measure
        systems = " ".join(system.key for system in line.systems)
        rows.append(
            [
                one.id, one.incident_key, one.owner_key, str(line.standing), one.status, one.due_on, one.effect,
                line.cause.key, systems, one.letter_key, one.day, one.period, one.text_ja, one.text_en,
                one.evidence_ja, one.evidence_en, len(line.reports),
            ]
        )  # fmt: skip
    return csv_file("measures.csv", HEAD, rows)
