"""Files going out: always as attachments that no browser will run, with names in any script."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

# A file is never a document of the site: nothing in it may run, load or be framed.
SANDBOX = "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; sandbox"


def download(data: bytes, *, name: str, media_type: str, inline: bool = False) -> Response:
    """``data`` as a download named ``name``; ``inline`` only for our own images and PDFs."""
    response = Response(data, mimetype=media_type)
    kind = "inline" if inline else "attachment"
    ascii_name = "".join(c if (c.isascii() and c.isalnum()) or c in "-_." else "_" for c in name)
    response.headers["Content-Disposition"] = f"{kind}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
