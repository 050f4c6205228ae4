"""Feeds: of everything, of a system, cause or place, of one incident; as Atom and as JSON Feed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from flask import Response, g

from content.queries import feeds
from content.queries.feeds import Feed
from content.queries.feeds_scope import Scope
from content.views import atom
from portal.core.errors import NotFound
from portal.web.access import public
from portal.web.building import settings
from portal.web.language import current, local_url

FORMS = {"atom": atom.TYPE, "json": "application/feed+json"}


def place(feed: Feed) -> atom.Place:
    """Where a feed stands on this site."""

    return place_of("incidents" if feed.scope is Scope.ALL else f"{feed.scope}/{feed.key}")


def place_of(name: str) -> atom.Place:
    """Where the feed ``/feeds/<name>.atom`` stands."""

    def page(archive: int | None, form: str) -> str:
        return f"/feeds/{name}.{form}" if archive is None else f"/feeds/archive/{archive}/{name}.{form}"

    return atom.Place(
        authority=settings().tag_authority,
        organisation=settings().organisation.named(current()),
        absolute=lambda path: settings().public_url + local_url(path),
        page=page,
    )


@public
def feed(scope: str, key: str, form: str, archive: int | None = None) -> Response:
    """A feed's newest part, or an archive page of it."""
    if scope not in set(Scope) or form not in FORMS or (scope == Scope.ALL) != (key == ""):
        raise NotFound
    found = feeds.feed(g.session, Scope(scope), key, archive=archive)
    made = atom.atom(found, place(found)) if form == "atom" else as_json(atom.json_feed(found, place(found)))
    return answer(made, FORMS[form], found.changed_at)


def answer(data: bytes, media_type: str, changed_at: datetime | None) -> Response:
    """A feed as it goes out: readable by programs of other sites, with the moment of its last change."""
    response = Response(data, mimetype=media_type)
    response.last_modified = changed_at or atom.NEVER
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def as_json(feed: dict[str, Any]) -> bytes:
    """A JSON Feed as text."""
    return json.dumps(feed, ensure_ascii=False, indent=1).encode() + b"\n"
