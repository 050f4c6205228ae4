"""Tables in Excel workbooks (.xlsx), for children of the press.

The archive is looked through before the library sees it; the library then streams the cells of one sheet.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet.datavalidation import DataValidation

from portal.core import sheets
from portal.core.errors import N_, Invalid
from portal.core.sheets import Cell, Limits, Row, Table
from portal.core.workbook_archive import SheetShape, looked_through

OTHER_SHEETS = N_("This workbook has more than one sheet with something in it. Keep only the one with the requests.")
HIDDEN_SHEET = N_("The sheet is hidden. Show it and send the file again.")

LAST_SERIAL = 100_000  # days; far beyond today in either of Excel's calendars


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


def _shape(data: bytes) -> SheetShape:
    """The shape of the one sheet that holds something, of an empty one if none does."""
    filled = [shape for shape in looked_through(data) if shape.rows]
    if len(filled) > 1:
        raise Invalid(OTHER_SHEETS)
    return filled[0] if filled else SheetShape()


def _table(data: bytes, shape: SheetShape) -> Table:
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


def _rows(sheet: Any, shape: SheetShape, epoch: datetime) -> Iterator[Row]:
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
