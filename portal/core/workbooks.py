"""Excel workbooks (.xlsx), for children of the press; the only importer of the library that reads and writes them.

The archive is looked through before the library sees it: how much it unpacks to, whether its XML declares entities,
whether it holds macros or points elsewhere, what is hidden. The library then streams the cells of one sheet.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any
from xml.etree.ElementTree import iterparse

from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet.datavalidation import DataValidation

from portal.core import sheets
from portal.core.errors import N_, Invalid
from portal.core.sheets import Cell, Limits, Row, Table

LINKS = N_("This workbook points to other files or databases. Copy the values into the template and send that.")
OTHER_SHEETS = N_("This workbook has more than one sheet with something in it. Keep only the one with the requests.")
HIDDEN_SHEET = N_("The sheet is hidden. Show it and send the file again.")
TOO_BIG_INSIDE = N_("This workbook unpacks to more than a table of this size can need. Use the template.")

MAX_PARTS = 200
MAX_INFLATED = 20 * 1024 * 1024
LAST_SERIAL = 100_000  # days; far beyond today in either of Excel's calendars
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_MACROS = ("xl/vbaproject", "xl/macrosheets/", "xl/intlmacrosheets/", "xl/activex/", "xl/ctrlprops/")
_LINKS = ("xl/externallinks/", "xl/connections", "xl/querytables/", "xl/embeddings/", "xl/model/")


@dataclass
class _Shape:
    """What a sheet says about itself besides its values."""

    rows: int = 0
    columns: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def parse(data: bytes, limits: Limits) -> Table:
    """The table of the one sheet that holds something. Invalid."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they quote cells
            shape = _shape(data)
            if shape.rows > limits.max_rows + 1:
                raise Invalid(sheets.TOO_MANY_ROWS, n=limits.max_rows)
            if shape.columns > limits.max_columns:
                raise Invalid(sheets.TOO_MANY_COLUMNS)
            return _table(data, shape)
    except (Invalid, MemoryError):
        raise
    except Exception:  # noqa: BLE001, RUF100 - the library raises whatever a broken file leads it to
        raise Invalid(sheets.BROKEN) from None


def _shape(data: bytes) -> _Shape:
    """Look through the archive; the shape of its one sheet that holds something, of an empty one if none does."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        said = [part.filename.lower() for part in parts]
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_INFLATED:
            raise Invalid(TOO_BIG_INSIDE)
        if len(set(said)) != len(said):
            raise Invalid(sheets.BROKEN)
        if any(part.flag_bits & 1 for part in parts):
            raise Invalid(sheets.OLD_OR_LOCKED)
        if any(name.startswith(_MACROS) for name in said):
            raise Invalid(sheets.MACROS)
        if any(name.startswith(_LINKS) for name in said):
            raise Invalid(LINKS)
        for part in parts:
            _check_part(part.filename.lower(), archive.read(part))
        shapes = []
        for part in parts:
            if _SHEET.fullmatch(part.filename):
                with archive.open(part) as source:
                    shapes.append(_sheet_shape(source))
    filled = [shape for shape in shapes if shape.rows]
    if len(filled) > 1:
        raise Invalid(OTHER_SHEETS)
    return filled[0] if filled else _Shape()


def _check_part(name: str, content: bytes) -> None:
    if not name.endswith((".xml", ".rels", ".vml")):
        return
    if b"\0" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Invalid(sheets.BROKEN)
    if name == "[content_types].xml" and b"macroEnabled" in content:
        raise Invalid(sheets.MACROS)


def _sheet_shape(source: IO[bytes]) -> _Shape:
    shape, number, column, all_hidden = _Shape(), 0, 0, False
    for event, element in iterparse(source, events=("start", "end")):  # noqa: S314 - declarations of entities were refused
        tag = element.tag.rpartition("}")[2]
        if event == "start" and tag == "row":
            before, number, column = number, int(element.get("r", number + 1)), 0
            if number <= before:  # the library would leave such a row out
                raise Invalid(sheets.BROKEN)
        elif event == "end" and tag == "sheetFormatPr":
            all_hidden = element.get("zeroHeight") in ("1", "true")
        elif event == "end" and tag == "col" and element.get("hidden") in ("1", "true"):
            first, last = int(element.get("min", 1)), min(int(element.get("max", 1)), 16_384)
            shape.hidden_columns.update(range(first - 1, last))
        elif event == "end" and tag == "c":
            before, column = column, _column(element.get("r", ""), column + 1)
            if column <= before:
                raise Invalid(sheets.BROKEN)
            if any(child.tag.rpartition("}")[2] in ("v", "f", "is") for child in element):
                shape.rows, shape.columns = max(shape.rows, number), max(shape.columns, column)
        elif event == "end" and tag == "row":
            if element.get("hidden", "1" if all_hidden else "0") in ("1", "true"):
                shape.hidden_rows.add(number)
            element.clear()
    return shape


def _column(place: str, following: int) -> int:
    letters = place.rstrip("0123456789")
    return column_index_from_string(letters) if letters else following


def _table(data: bytes, shape: _Shape) -> Table:
    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            # Bounded by what was counted before, whatever the sheet says of its own size.
            found = tuple(_rows(sheet, shape, book.epoch)) if shape.rows else ()
            if found:
                if sheet.sheet_state != "visible":
                    raise Invalid(HIDDEN_SHEET)
                return Table(found, frozenset(shape.hidden_columns))
    finally:
        book.close()
    if shape.rows:
        raise Invalid(sheets.BROKEN)
    return Table(())


def _rows(sheet: Any, shape: _Shape, epoch: datetime) -> Iterator[Row]:
    lines = sheet.iter_rows(min_row=1, max_row=shape.rows, min_col=1, max_col=shape.columns)
    for number, line in enumerate(lines, start=1):
        row = Row(number, tuple(_cell(cell, epoch) for cell in line), hidden=number in shape.hidden_rows)
        if not row.is_empty:
            yield row


def _cell(cell: Any, epoch: datetime) -> Cell:
    value = cell.value
    if value is None:
        return Cell()
    if cell.data_type == "f":
        return Cell(fault=sheets.FORMULA)
    if cell.data_type == "e":
        return Cell(fault=sheets.NO_VALUE)
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE")
    if isinstance(value, str):
        return sheets.text_cell(value)
    if isinstance(value, date):  # also a datetime
        return Cell(value.strftime("%Y-%m-%d"))
    if isinstance(value, int | float):
        plain = sheets.text_cell(f"{value:.0f}" if value == int(value) else repr(value))
        return Cell(plain.text, plain.fault, is_number=True, day=_day(value, epoch))
    return Cell(fault=sheets.NO_VALUE)


def _day(value: float, epoch: datetime) -> date | None:
    """The day that a number stands for in the workbook's own calendar, which begins in 1900 or in 1904."""
    if value != int(value) or not 0 < value < LAST_SERIAL:
        return None
    found = from_excel(value, epoch)
    return found.date() if isinstance(found, datetime) else None


def template(title: str, heads: Sequence[str], offers: Mapping[int, Sequence[str]], rows: int) -> bytes:
    """An empty workbook with one sheet: a heading, ``rows`` rows of text, lists for the columns of ``offers``."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for column, head in enumerate(heads, start=1):
        cell = sheet.cell(row=1, column=column, value=head)
        cell.font = cell.font.copy(bold=True)
        letter = sheets.column_name(column - 1)
        sheet.column_dimensions[letter].number_format = "@"  # text, so that zeros and days stay as they are typed
        sheet.column_dimensions[letter].width = 18
        if offered := offers.get(column - 1):
            choice = DataValidation(type="list", formula1='"' + ",".join(offered) + '"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{rows + 1}")
            sheet.add_data_validation(choice)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
