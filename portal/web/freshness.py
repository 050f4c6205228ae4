"""Marks of answers (ETag): one way for every public page, file and feed.

A mark is strong: equal marks of an address are equal bytes. It is made of what an answer depends on (a revision of the
record, a day) and of what makes it, so that whoever has the present answer is told so before anything is read or drawn.
How long copies may be shown, and marks by content for what has no other, is in :mod:`portal.web.headers`.
"""

from __future__ import annotations

import hashlib

from flask import Response, current_app, request

MADE_BY = "MADE_BY"


def mark(version: str, *more: object) -> str:
    """The mark of this request's address at a ``version``; ``more`` is what else the answer depends on."""
    made_by = current_app.config.get(MADE_BY, "")
    parts = "\n".join((made_by, request.script_root, request.full_path, *map(str, more)))
    return f"{version}-{hashlib.sha256(parts.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def unchanged(mark: str) -> Response | None:
    """The answer for who has what bears this mark: 304, without a body. None for everybody else.

    ``*`` asks whether there is anything at all, which only the making of the answer shows.
    """
    known = request.if_none_match
    if request.method not in ("GET", "HEAD") or known.star_tag or not known.contains_weak(mark):
        return None
    return marked(Response(status=304), mark)


def marked(response: Response, mark: str) -> Response:
    """The answer with its mark."""
    response.set_etag(mark)
    return response
