"""A search that a reader keeps: its address stands for ever, and as a feed it tells what is found anew.

The feed has pages (RFC 5005, section 3): however rarely a program looks, it can go back to what it has seen.
"""

import re
from datetime import datetime, time
from urllib.parse import urlencode

from flask import Response, g, render_template, request

from portal.core.calendar import JAPAN
from portal.core.errors import NotFound
from portal.web import freshness
from portal.web.access import public
from portal.web.building import database, settings
from portal.web.language import local_url
from search import forms, names, synonyms
from search.backend import Hit
from search.engines import engine
from search.query import parse
from search.sources import SOURCES

TYPE = "application/atom+xml"
_ENTRIES = 50  # on a page of a feed; further pages have the earlier ones, so that a program misses none
_NEVER = datetime(2014, 4, 1, tzinfo=JAPAN)
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@public
def feed() -> Response:
    """What a search finds exactly as it is written, what was said last first; NotFound for no search at all."""
    asked, index = forms.read(request.args), engine(settings())
    with database().session(write=False) as session:
        same = synonyms.groups(session)
    query = synonyms.widened(parse(asked.text, names.at_hand(database(), SOURCES, index.state()).value_of), same)
    if not (query or asked.filters):
        raise NotFound
    mark = freshness.mark(f"s{index.state()}", sorted(same.items()))
    if (unchanged := freshness.unchanged(mark)) is not None:
        return unchanged
    before = (asked.page - 1) * _ENTRIES
    found = index.find(query, language=g.language, filters=asked.filters, limit=_ENTRIES, offset=before, latest=True)
    hits = sorted(found.hits, key=_said, reverse=True)
    pages = min(-(-found.total // _ENTRIES), forms.LAST_PAGE)
    made = render_template(
        "search/feed.xml",
        asked=asked,
        hits=hits,
        pages=pages,
        said=_said,
        address=f"{settings().public_url}{local_url('')}",
        words=urlencode(asked.parameters),
        plain=lambda text: _NOT_IN_XML.sub("", text),
        organisation=settings().organisation.named(g.language),
        updated=_said(hits[0]) if hits else _NEVER,
    )
    response = Response(made, mimetype=TYPE)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return freshness.marked(response, mark) if found.ready else response


def _said(hit: Hit) -> datetime:
    """When something was last said; of what has a day alone its beginning in Japan."""
    if hit.changed:
        return hit.changed
    return datetime.combine(hit.day, time(), JAPAN) if hit.day else _NEVER
