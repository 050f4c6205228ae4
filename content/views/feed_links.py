"""The feeds of a page that lists incidents, where this site serves feeds."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, url_for

from content.queries.feeds_scope import Scope
from portal.web.language import _

ENDPOINT = "content.feed"
FORMS = {"atom": "application/atom+xml", "json": "application/feed+json"}


@dataclass(frozen=True)
class FeedLink:
    href: str
    media_type: str
    text: str


def feed_links(scope: Scope, key: str = "") -> list[FeedLink]:
    """One link a form; none where there are no feeds."""
    if ENDPOINT not in current_app.view_functions:
        return []
    return [
        FeedLink(url_for(ENDPOINT, scope=str(scope), key=key, form=form), media_type, _("Feed of this list"))
        for form, media_type in FORMS.items()
    ]
