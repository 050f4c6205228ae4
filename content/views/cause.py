"""The page of a cause class."""

from __future__ import annotations

from flask import g, render_template, url_for

from content.models.scales import Cause
from content.queries import incidents
from content.queries.feeds_scope import Scope, filters_of
from content.views.feed_links import feed_links
from content.views.incidents import page_number
from content.views.timeline import timeline
from portal.core.errors import NotFound
from portal.web.access import public


@public
def show(key: str) -> str:
    """A class of causes: what it is mapped to, its incidents over time."""
    cause = g.session.get(Cause, key)
    if cause is None:
        raise NotFound
    filters = filters_of(Scope.CAUSE, key)
    return render_template(
        "content/cause.html",
        cause=cause,
        page=incidents.list_incidents(g.session, filters, number=page_number()),
        picture=timeline(g.session, filters, url_for("content.incidents", cause=key)),
        feeds=feed_links(Scope.CAUSE, key),
    )
