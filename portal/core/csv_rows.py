"""Rows as a CSV file (RFC 4180) that any spreadsheet opens as what it is: text and numbers, nothing to run."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence

PIECE = 64 * 1024
# A text that begins with one of these is read as a formula by spreadsheets; a quote before it keeps it text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_rows(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table in UTF-8, with a byte order mark so that spreadsheets read Japanese; None is an empty cell."""
    return b"".join(csv_pieces(head, rows))


def csv_pieces(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The same piece by piece, so that a long table is never whole in memory."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    yield BOM_UTF8
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        if text.tell() > PIECE:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def harmless(cell: object) -> object:
    """The cell; a text that a spreadsheet would run gets a quote before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
