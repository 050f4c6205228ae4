"""Incidents by place: the index of prefectures, a prefecture, a municipality."""

from __future__ import annotations

from flask import g, render_template, request

from content.queries import places
from content.queries.areas import LONGEST, find_area
from content.queries.feeds_scope import Scope
from content.views.feed_links import feed_links
from content.views.incidents import page_number
from portal.web.access import public


@public
def index() -> str:
    """All prefectures, and the places that a name finds."""
    asked = request.args.get("q", "").strip()[:LONGEST]
    found = places.counted(g.session, find_area(g.session, asked)) if asked else []
    return render_template(
        "content/places.html",
        asked=asked,
        found=found,
        prefectures=places.prefectures(g.session),
        nationwide=places.nationwide(g.session),
    )


@public
def show(code: str) -> str:
    """One place."""
    page = places.place_page(g.session, code, number=page_number())
    return render_template("content/place.html", page=page, feeds=feed_links(Scope.PLACE, code))
