"""Files going out: always as attachments that no browser will run, with names in any script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os import SEEK_END
from typing import IO
from urllib.parse import quote

from flask import Response, stream_with_context

from portal.core.csv_rows import csv_pieces, csv_rows

PIECE = 64 * 1024
# A file is never a document of the site: nothing in it may run, load or be framed.
CLOSED = "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
SANDBOX = f"{CLOSED}; sandbox"


def download(data: bytes, *, name: str, media_type: str, inline: bool = False) -> Response:
    """``data`` as a download named ``name``; ``inline`` only for our own images and PDFs."""
    return _named(Response(data, mimetype=media_type), name, inline)


def csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A table as a download named ``name``; None is an empty cell."""
    return download(csv_rows(head, rows), name=name, media_type="text/csv")


def long_csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The same for a long table: sent piece by piece, while its rows are read."""
    response = Response(stream_with_context(csv_pieces(head, rows)), mimetype="text/csv")
    return _named(response, name, inline=False)


def download_file(file: IO[bytes], *, name: str, media_type: str) -> Response:
    """What an open file holds from here on, as a download that is sent piece by piece; then the file is closed."""
    begin = file.tell()
    size = file.seek(0, SEEK_END) - begin
    file.seek(begin)
    response = Response(_pieces(file), mimetype=media_type)
    response.content_length = size
    response.call_on_close(file.close)
    return _named(response, name, inline=False)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _named(response: Response, name: str, inline: bool) -> Response:
    kind = "inline" if inline else "attachment"
    ascii_name = "".join(c if (c.isascii() and c.isalnum()) or c in "-_." else "_" for c in name)
    response.headers["Content-Disposition"] = f"{kind}; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name)}"
    # Safari shows an empty window for a PDF in a sandbox; a browser's reader of PDFs is apart from the site anyway.
    shown = inline and response.mimetype == "application/pdf"
    response.headers["Content-Security-Policy"] = CLOSED if shown else SANDBOX
    return response
