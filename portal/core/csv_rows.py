"""Rows as a CSV file (RFC 4180) that any spreadsheet opens as what it is: text and numbers, nothing to run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# A text that begins with one of these is read as a formula by spreadsheets; a quote before it keeps it text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_rows(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table in UTF-8, with a byte order mark so that spreadsheets read Japanese; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: object) -> object:
    """The cell; a text that a spreadsheet would run gets a quote before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
