"""Where to go after signing in: only to a page of this site that exists, never to another site."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from portal.web.language import DEFAULT, LANGUAGES

LONGEST = 2000


def local_page(address: str | None) -> str | None:
    """``address`` when it is the path (and query) of a page here that can be opened, else None."""
    if not address or len(address) > LONGEST or not address.startswith("/") or address.startswith("//"):
        return None
    if "\\" in address or any(not c.isprintable() or c.isspace() for c in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or parts.path.startswith("//"):
        return None
    path = _without_language(parts.path)
    try:
        endpoint, _values = current_app.url_map.bind(request.host).match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return address if endpoint != "static" else None


def _without_language(path: str) -> str:
    first, rest = path[1:].partition("/")[::2]
    return f"/{rest}" if first in LANGUAGES and first != DEFAULT else path
