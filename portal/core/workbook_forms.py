"""Forms as Excel workbooks (.xlsx), for children of the press: written with lists to choose from, read cell by cell."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from portal.core import detectors, form_sheets, sheets
from portal.core.errors import Invalid
from portal.core.form_sheets import MAX_COLUMNS, MAX_ROWS, Entry, FormCell, FormPlan, FormSheet
from portal.core.workbook_archive import looked_through
from portal.core.workbooks import HIDDEN_SHEET, LAST_SERIAL

LISTS = "一覧"
MOST_CELLS = 20_000
_SIZES = {1: 16, 2: 12, 3: 11, 4: 9}
_EDGE = Side(style="thin", color="808080")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_TYPED, _CHOSEN = PatternFill("solid", fgColor="FFFBE0"), PatternFill("solid", fgColor="E6F4EA")
_DAY = timedelta(days=1)


def make(plan: FormPlan) -> bytes:
    """The workbook: the form, and a sheet with what its lists offer."""
    book = Workbook()
    sheet = book.active
    sheet.title = plan.sheet
    for column, width in plan.widths.items():
        sheet.column_dimensions[column].width = width
    for row, height in plan.heights.items():
        sheet.row_dimensions[row].height = height
    for label in plan.labels:
        cell = sheet[label.cell]
        _put(cell, label.text)
        cell.font = Font(size=_SIZES[label.level], bold=label.level < 3)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    names = _lists(book, plan)
    for entry in plan.entries:
        _enter(sheet, entry, names)
    for place in plan.merged:
        sheet.merge_cells(place)
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "9", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(cell: Any, value: str | date | time) -> None:
    """A value as it is: a text that begins with = stays a text."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
    else:
        cell.number_format = "yyyy/mm/dd" if isinstance(value, date) else "hh:mm"


def _enter(sheet: Any, entry: Entry, names: dict[str, str]) -> None:
    cell = sheet[entry.cell]
    if entry.value != "":
        _put(cell, entry.value)
    else:
        cell.number_format = "@"
    cell.border, cell.fill = _BOX, _CHOSEN if entry.offers else _TYPED
    cell.alignment = Alignment(wrap_text=entry.long, vertical="top", horizontal="left")
    if not entry.offers:
        return
    formula = names[entry.offers]
    if entry.within:
        column, row = entry.within.rstrip("0123456789"), entry.within.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        formula = f"INDIRECT(VLOOKUP(${column}${row},{names[entry.offers]},2,FALSE))"
    choice = DataValidation(type="list", formula1=formula, allow_blank=True)
    choice.add(entry.cell)
    sheet.add_data_validation(choice)


def _lists(book: Any, plan: FormPlan) -> dict[str, str]:
    """Write what the lists offer; by list, the range of its choices, or of the names of its lists by choice above."""
    sheet, found, column = book.create_sheet(LISTS), {}, 0

    def write(name: str, values: list[str]) -> str:
        nonlocal column
        column += 1
        letter = get_column_letter(column)
        _put(sheet.cell(row=1, column=column), name)
        for row, value in enumerate(values, start=2):
            _put(sheet.cell(row=row, column=column), value)
        return f"'{LISTS}'!${letter}$2:${letter}${max(2, len(values) + 1)}"

    for name, values in plan.lists.items():
        found[name] = write(name, list(values))
    for name in dict.fromkeys(name for name, _ in plan.lists_under):
        above = {choice: values for (own, choice), values in plan.lists_under.items() if own == name}
        ranges = {}
        for number, (choice, values) in enumerate(above.items(), start=1):
            ranges[choice] = f"list_{name.replace('-', '_')}_{number}"
            book.defined_names[ranges[choice]] = DefinedName(ranges[choice], attr_text=write(choice, list(values)))
        first = write(name, list(ranges)).partition(":")[0]
        last = write(f"{name} ", list(ranges.values())).partition(":")[2]
        found[name] = f"{first}:{last}"
    return found


def read(data: bytes, name: str) -> FormSheet:
    """The cells of the sheet of this name. Invalid."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they quote cells
            if sum(shape.cells + shape.merged for shape in looked_through(data)) > MOST_CELLS:
                raise Invalid(form_sheets.TOO_BIG)
            return FormSheet(dict(_cells(load_workbook(io.BytesIO(data), keep_links=False), name)))
    except (Invalid, MemoryError):
        raise
    except Exception:  # noqa: BLE001, RUF100 - the library raises whatever a broken file leads it to
        raise Invalid(sheets.BROKEN) from None


def _cells(book: Any, name: str) -> Iterator[tuple[str, FormCell]]:
    found = [sheet for sheet in book.worksheets if sheet.title.strip() == name]
    if len(found) != 1:
        raise Invalid(form_sheets.TWO_SHEETS if found else form_sheets.NO_SHEET, sheet=name)
    sheet = found[0]
    if sheet.sheet_state != "visible":
        raise Invalid(HIDDEN_SHEET)
    if sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS:
        raise Invalid(form_sheets.TOO_BIG)
    hidden = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    away = {
        column
        for one in sheet.column_dimensions.values()
        if one.hidden
        for column in range(one.min or 0, min(one.max or 0, MAX_COLUMNS) + 1)
    }
    for area in sheet.merged_cells.ranges:
        for row, column in area.cells:
            if (row, column) != (area.min_row, area.min_col):
                yield f"{get_column_letter(column)}{row}", FormCell(fault=form_sheets.COVERED)
    for line in sheet.iter_rows():
        for cell in line:
            if cell.value is not None:
                read = _cell(cell, book.epoch)
                if cell.row in hidden or cell.column in away:
                    read = FormCell(fault=form_sheets.HIDDEN)
                yield cell.coordinate, read


def _cell(cell: Any, epoch: datetime) -> FormCell:
    value = cell.value
    if cell.data_type == "f":
        return FormCell(fault=sheets.FORMULA)
    if cell.data_type == "e":
        return FormCell(fault=sheets.NO_VALUE)
    if isinstance(value, bool):
        return FormCell("TRUE" if value else "FALSE")
    if isinstance(value, str):
        blocked = detectors.scan(value).verdict == "block"
        return FormCell(fault=detectors.MESSAGE) if blocked else FormCell(value)
    if isinstance(value, datetime):
        hour = value.time().replace(microsecond=0)
        return FormCell(f"{value:%Y-%m-%d %H:%M}" if hour else f"{value:%Y-%m-%d}", day=value.date(), time=hour)
    if isinstance(value, date):
        return FormCell(value.isoformat(), day=value)
    if isinstance(value, time):
        return FormCell(f"{value:%H:%M}", time=value.replace(microsecond=0))
    if isinstance(value, timedelta):
        return _duration(value)
    return _number(value, epoch) if isinstance(value, int | float) else FormCell(fault=sheets.NO_VALUE)


def _duration(value: timedelta) -> FormCell:
    if not timedelta(0) <= value < _DAY:
        return FormCell(fault=sheets.NO_VALUE)
    minutes = round(value.total_seconds() / 60)
    hour = time(minutes // 60 % 24, minutes % 60)
    return FormCell(f"{hour:%H:%M}", time=hour)


def _number(value: float, epoch: datetime) -> FormCell:
    if 0 < value < 1:
        return _duration(timedelta(days=value))
    if value != int(value):
        return FormCell(fault=form_sheets.TOO_PRECISE)
    plain = f"{value:.0f}"
    if detectors.scan(plain).verdict == "block":
        return FormCell(fault=detectors.MESSAGE)
    found = from_excel(value, epoch) if 0 < value < LAST_SERIAL else None
    return FormCell(plain, is_number=True, day=found.date() if isinstance(found, datetime) else None)
