"""Tables that people bring along, as CSV or as a workbook: read in a child of the press, as text, cell by cell.

Nothing of a file is run, fetched or guessed: a formula, a hidden row or a second sheet is said to whoever sent it. A
cell with a personal number comes back empty, with a fault: the number leaves the child by no path.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from portal.core import detectors, names, press
from portal.core.csv_rows import csv_rows
from portal.core.errors import N_, Invalid

EMPTY = N_("The file is empty.")
TOO_LARGE = N_("The file is too large. It may have at most %(n)s MB.")
NOT_A_TABLE = N_("This is not a CSV file and not an Excel workbook (.xlsx). Save it as one of these and send it again.")
OLD_OR_LOCKED = N_("This workbook has the old format (.xls) or a password. Save it as .xlsx without a password.")
MACROS = N_("This workbook holds macros. Save it as .xlsx without macros.")
BAD_NAME = N_("The file's name has characters that cannot be used. Rename the file and send it again.")
BROKEN = N_("This file cannot be read. Open it, save it again and send the new file.")
ENCODING = N_("The characters of this file cannot be read. Save it as CSV UTF-8, or as Shift_JIS.")
TOO_HARD = N_("This file could not be read in the time and memory that one file may take. Use the template.")
TOO_MANY_ROWS = N_("There are too many rows. A file may have at most %(n)s besides its heading.")
TOO_MANY_COLUMNS = N_("There are too many columns. Use the template.")

FORMULA = N_("This is a formula. Put its value there instead.")
NO_VALUE = N_("The spreadsheet has an error or a time of day here. Put a text or a day there instead.")

SECONDS = 20.0
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STRAY = re.compile("[\x80\uf8f0-\uf8f3]")  # what Python makes of bytes that Shift_JIS does not have
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

T = TypeVar("T")


@dataclass(frozen=True)
class Limits:
    """How much a table may hold: bytes of the file, rows below the heading, columns."""

    max_bytes: int = 2 * 1024 * 1024
    max_rows: int = 500
    max_columns: int = 40


@dataclass(frozen=True)
class Cell:
    """One cell as text; ``fault`` is a message id, the text is empty then.

    ``is_number``: the spreadsheet kept a number, so that leading zeros are gone. ``day``: the day that this number
    stands for where a day is meant.
    """

    text: str = ""
    fault: str | None = None
    is_number: bool = False
    day: date | None = None


@dataclass(frozen=True)
class Row:
    """A row by its number in the file, from 1. Columns count from 0; cells at the end may be missing."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    def cell(self, column: int) -> Cell:
        """The cell of a column, empty where the row ends before it."""
        return self.cells[column] if column < len(self.cells) else Cell()

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the row."""
        return not any(cell.text.strip() or cell.fault for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """The rows that are not empty, the heading first. ``hidden_columns`` count from 0."""

    rows: tuple[Row, ...]
    hidden_columns: frozenset[int] = frozenset()


def read(data: bytes, filename: str, *, limits: Limits) -> Table:
    """The one table of a file. Invalid, in plain words, when the file as a whole cannot be taken."""
    kind = check_file(data, filename, max_bytes=limits.max_bytes)
    if kind is None:
        raise Invalid(NOT_A_TABLE)
    return in_child(parse, data, kind, limits)


def check_file(data: bytes, filename: str, *, max_bytes: int) -> str | None:
    """What a file is by its name and its first bytes: ``csv``, ``xlsx`` or None for anything else.

    Invalid, in plain words, for a name that cannot be used, an empty or too large file, an old format, a password,
    macros.
    """
    ending = filename.rpartition(".")[2].lower()
    if not filename or len(filename) > 255 or names.problem(filename):
        raise Invalid(BAD_NAME)
    detectors.refuse(filename)
    if not data:
        raise Invalid(EMPTY)
    if len(data) > max_bytes:
        raise Invalid(TOO_LARGE, n=max_bytes // (1024 * 1024))
    if data.startswith(_OLE) or ending == "xls":
        raise Invalid(OLD_OR_LOCKED)
    if ending in ("xlsm", "xltm", "xlsb", "xlam"):
        raise Invalid(MACROS)
    return ending if (ending, data.startswith(_ZIP)) in {("csv", False), ("xlsx", True)} else None


def in_child(work: Callable[..., T], *values: Any) -> T:
    """What a child of the press makes of a file that somebody sent. Invalid."""
    try:
        return press.run(work, *values, seconds=SECONDS)
    except press.PressFailed as error:
        raise Invalid(error.message if error.message == press.BUSY else TOO_HARD) from None


def parse(data: bytes, kind: str, limits: Limits) -> Table:
    """For a child of the press: the table of a file of this kind, ``csv`` or ``xlsx``. Invalid."""
    if kind == "csv":
        return _csv(data, limits)
    from portal.core import workbooks  # the library is loaded in the children alone

    return workbooks.parse(data, limits)


def text_cell(text: str) -> Cell:
    """A cell that holds text. A spreadsheet's leading apostrophe goes; one that begins a word ('t Hart) stays."""
    if text.startswith("'") and not (text[1:2].isascii() and text[1:2].isalpha()):
        text = text[1:]
    if detectors.scan(text).verdict == "block":
        return Cell(fault=detectors.MESSAGE)
    return Cell(fault=FORMULA) if text.lstrip().startswith("=") else Cell(text)


def column_name(column: int) -> str:
    """A column, from 0, as spreadsheets name it: A … Z, AA …"""
    name, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _csv(data: bytes, limits: Limits) -> Table:
    text = _decoded(data)
    rows: list[Row] = []
    try:
        for number, values in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            while values and not values[-1].strip():
                values.pop()
            if len(values) > limits.max_columns:
                raise Invalid(TOO_MANY_COLUMNS)
            if values:
                rows.append(Row(number, tuple(map(text_cell, values))))
            if len(rows) > limits.max_rows + 1:
                raise Invalid(TOO_MANY_ROWS, n=limits.max_rows)
    except csv.Error:
        raise Invalid(BROKEN) from None
    return Table(tuple(rows))


def _decoded(data: bytes) -> str:
    if b"\0" in data:
        raise Invalid(ENCODING)
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _STRAY.search(text):
            return text
    raise Invalid(ENCODING)


def template(kind: str, title: str, heads: Sequence[str], offers: Mapping[int, Sequence[str]], *, rows: int) -> bytes:
    """An empty table to fill in, ``csv`` or ``xlsx``; columns from 0."""
    if kind == "csv":
        return csv_rows(heads, ())
    return press.run(_workbook, title, tuple(heads), dict(offers), rows, seconds=SECONDS)


def _workbook(title: str, heads: Sequence[str], offers: Mapping[int, Sequence[str]], rows: int) -> bytes:
    from portal.core import workbooks

    return workbooks.template(title, heads, offers, rows)
