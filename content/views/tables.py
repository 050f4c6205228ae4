"""Values for a spreadsheet: CSV (RFC 4180), UTF-8 with a byte order mark so that spreadsheets read Japanese."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from portal.web.downloads import download

# A cell that begins with one of these is read as a formula by spreadsheets; a quote before it keeps it text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A download named ``name``; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    for row in rows:
        writer.writerow([_safe(cell) for cell in row])
    return download(text.getvalue().encode("utf-8-sig"), name=name, media_type="text/csv")


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
