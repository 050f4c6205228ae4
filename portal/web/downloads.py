"""Files going out: always as attachments that no browser will run, with names in any script."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def download(data: bytes, *, name: str, media_type: str, inline: bool = False) -> Response:
    """``data`` as a download named ``name``; ``inline`` only for our own images and PDFs."""
    response = Response(data, mimetype=media_type)
    kind = "inline" if inline else "attachment"
    ascii_name = "".join(c if (c.isascii() and c.isalnum()) or c in "-_." else "_" for c in name)
    response.headers["Content-Disposition"] = f"{kind}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Security-Policy"] = SANDBOX if not inline else "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response
