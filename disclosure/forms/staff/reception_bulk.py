"""A table of requests: each row is put through the form of the page for one request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import wtforms
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField
from wtforms.validators import StopValidation

from disclosure.forms.resident.questions import MINE
from disclosure.forms.staff.reception import ReceptionForm
from disclosure.rules import reception
from disclosure.rules.reception import COLUMNS, MOST_ROWS, Column
from portal.core import sheets
from portal.core.errors import N_, Invalid
from portal.core.sheets import Cell, Limits, Row, Table
from portal.web.fields import CheckField
from portal.web.forms import Form
from portal.web.language import _, _l

LIMITS = Limits(max_rows=MOST_ROWS)
NO_ROWS = N_("There is no request in this file.")
UNKNOWN_HEADING = N_("The heading in column %(column)s is not one of the template's, or stands there twice.")
NO_HEADING = N_("The column “%(heading)s” is missing.")
HIDDEN_ROW = N_("This row is hidden. Show it, or delete it.")
HIDDEN_COLUMN = N_("Column %(column)s is hidden. Show it, or delete it.")
BESIDE = N_("This stands in a column without a heading.")
ZERO_LOST = N_("The spreadsheet made a number of this, so that a zero in front may be lost. Format the column as text.")
NOT_A_WORD = N_("Write one of these: %(words)s")

LISTS = ("shown", "proofs_shown")

Values = dict[str, str]


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell: its row in the file, its column as spreadsheets name it, and why, in plain words.

    A fault of a whole row has no column.
    """

    row: int
    column: str
    heading: str
    message: str


@dataclass(frozen=True)
class Entered:
    """A row that can be filed: its number in the file and the values of its form."""

    number: int
    values: Values

    def form(self) -> ReceptionForm:
        """The form of a single request, filled in with this row."""
        data = MultiDict({name: text for name, text in self.values.items() if name not in LISTS})
        for name in LISTS:
            data.setlist(name, self.values.get(name, "").split())
        data.setdefault("whose", MINE)
        return ReceptionForm(formdata=data, meta={"csrf": False})


@dataclass(frozen=True)
class DryRun:
    """What a table would do: rows that can be filed, and every fault. Nothing is filed while there is a fault."""

    rows: tuple[Entered, ...]
    faults: tuple[Fault, ...]


class SheetField(wtforms.FileField):
    """The file of a table; it is read before the view begins, so that only its presence is looked at here."""

    hint = _l("The filled-in template, as .xlsx or .csv, at most 2 MB and 150 rows.")
    required = True

    def pre_validate(self, form: Any) -> None:
        if not getattr(self.data, "filename", ""):
            raise StopValidation(_("Please choose a file."))


class BulkForm(Form):
    """The table to be looked through."""

    sheet = SheetField(_l("The table"))


class BulkSendForm(Form):
    """``key`` is the table's own, so that it is filed once; ``seen`` are the open cases that the officer was shown."""

    key = HiddenField()
    seen = HiddenField()
    go_on = CheckField(_l("These are other requests. File them all the same."))


def check(table: Table) -> DryRun:
    """Put every row through the form. Invalid when the table as a whole cannot be taken."""
    if not table.rows:
        raise Invalid(NO_ROWS)
    columns = _columns(table.rows[0])
    for place in sorted(table.hidden_columns & set(columns)):
        raise Invalid(HIDDEN_COLUMN, column=sheets.column_name(place))
    if len(table.rows) == 1:
        raise Invalid(NO_ROWS)
    rows: list[Entered] = []
    faults: list[Fault] = []
    for row in table.rows[1:]:
        values, found = _read(row, columns)
        entered = Entered(row.number, values)
        if not found:
            found = _formal(entered, columns)
        faults += found
        if not found:
            rows.append(entered)
    return DryRun(tuple(rows), tuple(faults))


def _columns(head: Row) -> dict[int, Column]:
    """The columns by their place. Invalid for a heading that is unknown, missing or there twice."""
    found: dict[int, Column] = {}
    for place, cell in enumerate(head.cells):
        if not cell.text.strip() and not cell.fault:
            continue
        column = None if cell.fault else reception.column_of(cell.text)
        if column is None or column in found.values():
            raise Invalid(UNKNOWN_HEADING, column=sheets.column_name(place))
        found[place] = column
    for column in COLUMNS:
        if column.required and column not in found.values():
            raise Invalid(NO_HEADING, heading=column.heading)
    return found


def _read(row: Row, columns: dict[int, Column]) -> tuple[Values, list[Fault]]:
    """The row as a form's values, and what its cells are refused for."""
    values: Values = {"language": "ja"}
    faults = [Fault(row.number, "", "", _(HIDDEN_ROW))] if row.hidden else []
    for place in range(max(len(row.cells), max(columns) + 1)):
        column, cell = columns.get(place), row.cell(place)
        text, message = _value(column, cell) if column else ("", BESIDE if cell.text.strip() else None)
        message = cell.fault or message
        if message:
            faults.append(_fault(row.number, place, column, _translated(message, column)))
        elif column and text:
            values[column.field] = text
    return values, faults


def _value(column: Column, cell: Cell) -> tuple[str, str | None]:
    """What the form is given for a cell, and why it cannot be."""
    text = cell.text
    if not text.strip():
        return "", None
    if column.is_day:
        return (cell.day.isoformat() if cell.day else text), None
    if column.field.endswith(("telephone", "postal_code")) and cell.is_number:
        whole = column.field.endswith("postal_code") and len(text) == 7
        return text, None if whole else ZERO_LOST
    if column.field in LISTS:
        return _documents(column, text)
    value = column.value(text)
    return (value, None) if value is not None else ("", NOT_A_WORD)


def _documents(column: Column, text: str) -> tuple[str, str | None]:
    """The codes of the documents that a cell names, with spaces between them, and why they cannot be taken."""
    if reception.names_a_back(text):
        return "", reception.BACK_OF_A_CARD
    if "通知カード" in reception.plain(text):
        return "", reception.NOT_PROOF
    codes = [column.value(word) for word in reception.listed(text)]
    known = [code for code in codes if code is not None]
    return (" ".join(known), None) if len(known) == len(codes) else ("", NOT_A_WORD)


def _formal(entered: Entered, columns: dict[int, Column]) -> list[Fault]:
    """What the form of a single request says of the row."""
    form = entered.form()
    if form.validate():
        return []
    faults = [
        _fault(entered.number, place, column, str(text))
        for place, column in sorted(columns.items())
        for text in form.errors.get(column.field, ())
    ]
    there = {column.field for column in columns.values()}
    for name, messages in form.errors.items():
        if name not in there:  # a column that was left out of the table
            heading = next((column.heading for column in COLUMNS if column.field == name), "")
            faults += [Fault(entered.number, "", heading, str(text)) for text in messages]
    return faults


def _fault(row: int, place: int, column: Column | None, message: str) -> Fault:
    return Fault(row, sheets.column_name(place), column.heading if column else "", message)


def _translated(message: str, column: Column | None) -> str:
    if message == NOT_A_WORD and column is not None:
        return _(message, words=_(", ").join(column.offers))
    return _(message)
