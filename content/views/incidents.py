"""Incidents: an incident, a bulletin, and the same and the list as JSON."""

from __future__ import annotations

from typing import Any

from flask import Response, g, jsonify, render_template, request, url_for

from content.queries import incident_clock, incident_counts, incident_page, incidents
from content.queries.question_letters import lists
from content.rules import asking
from content.rules.filters import Filters
from content.rules.reuse import LICENCE_URL
from content.views import data
from content.views.incident_pages import gone
from content.views.relation_picture import relation_picture
from portal.core import clock
from portal.core.errors import Gone
from portal.web.access import public

LONGEST_KEY = 80


def asked() -> Filters:
    """The filters of the address; what cannot be meant is left out."""
    return asking.read(request.args).filters


def page_number() -> int:
    """The page of the address; 1 where it names none."""
    text = request.args.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


@public
def show(key: str) -> str | Response:
    """One incident."""
    page = incident_page.incident_page(g.session, key)
    if page.incident.withdrawn:
        return gone(page)
    today = clock.day_in_japan(clock.now())
    return render_template(
        "content/incident.html",
        page=page,
        clock=incident_clock.clock(g.session, page.incident, today=today),
        graph=relation_picture(page),
        asked=lists.about(g.session, "incident", key, today=today),
        counts=incident_counts.counts(g.session, key, today),
        day=today,
    )


@public
def bulletin(key: str, number: int) -> str | Response:
    """One bulletin as it was published."""
    page = incident_page.incident_page(g.session, key)
    if page.view(number).withdrawal:
        return gone(page, page.view(number))
    return render_template("content/bulletin.html", page=page, view=page.view(number))


@public
def list_json() -> Response:
    """The list for programs: all pages at once stay reachable by ``page``."""
    found = incidents.list_incidents(g.session, asked(), number=page_number(), size=100)
    items: list[dict[str, Any]] = [data.line(line) for line in found.items]
    for item in items:
        item["url"] = url_for("content.incident_json", key=item["key"])
    parts = {"total": found.total, "page": found.number, "pages": found.pages, "incidents": items}
    return jsonify(**parts, licence=data.LICENCE, terms=LICENCE_URL)


@public
def show_json(key: str) -> Response:
    """One incident for programs, with every bulletin and fact."""
    page = incident_page.incident_page(g.session, key)
    if page.incident.withdrawn:
        raise Gone
    return jsonify(data.incident(page))
