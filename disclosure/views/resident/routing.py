"""Where do I ask? The holder of each record, and the right track: one permanent page for each record."""

from __future__ import annotations

from datetime import date

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from disclosure.forms.resident.questions import today
from disclosure.letters.routing_note import routing_note
from disclosure.rules import routing
from disclosure.rules.clocks import FirstDay, clock
from disclosure.rules.fees import request_fee
from disclosure.rules.kinds import Channel
from disclosure.rules.regimes import Regime
from disclosure.rules.routing import Group, Holder, Route
from portal.core import detectors
from portal.core.errors import NotFound
from portal.web.access import public
from portal.web.building import settings
from portal.web.downloads import download
from portal.web.language import _l

GROUPS = {
    Group.CARD: _l("About my card"),
    Group.EXCHANGE: _l("About registers and the exchange of data"),
    Group.OTHER: _l("Anything else about me"),
    Group.NOT_MINE: _l("Not about me, or for somebody else"),
}
LONGEST = 100


def table(day: date) -> tuple[Route, ...]:
    """The routing table of this organisation on ``day``."""
    return routing.routes(settings().organisation.profile, day)


@public
def where() -> str:
    """All records by group, and those that fit the words of a search."""
    asked = request.args.get("q", "").strip()[:LONGEST]
    refused = detectors.scan(asked).verdict == "block"
    rows = table(today())
    return render_template(
        "disclosure/where.html",
        asked="" if refused else asked,
        refused=refused,
        found=() if refused else routing.find(rows, asked),
        groups=[(title, [row for row in rows if row.group is group]) for group, title in GROUPS.items()],
    )


@public
def where_to(record: str) -> str:
    """Where to ask for one record, what to take along, under which law; how long it takes and costs if it is here."""
    day = today()
    row, law = _row(record, day)
    period = clock(law.decision_clock, day) if law else None
    return render_template(
        "disclosure/where_to.html",
        route=row,
        law=law,
        fee=request_fee(law, Channel.WEB if row.on_web else Channel.WINDOW, day) if law else None,
        days=period.amount if period else 0,
        first_counts=period is not None and period.first_day is FirstDay.INCLUDED,
        instead=routing.route(row.instead, settings().organisation.profile, day) if row.instead else None,
    )


@public
def where_note(record: str) -> Response:
    """The same as a PDF to take along."""
    day = today()
    row, _law = _row(record, day)
    if row.holder is Holder.NOBODY:
        raise NotFound
    address = settings().public_url.rstrip("/") + url_for("disclosure.where_to", record=record)
    data = routing_note(row, row.source_ja, day=day, url=address, settings=settings())
    return download(data, name=f"routing-note-{record}.pdf", media_type="application/pdf")


def _row(record: str, day: date) -> tuple[Route, Regime | None]:
    profile = settings().organisation.profile
    row = routing.route(record, profile, day)
    if row is None:
        raise NotFound
    return row, routing.regime_of(row, profile, day)
