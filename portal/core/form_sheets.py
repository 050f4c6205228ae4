"""Forms that travel as workbooks (.xlsx): made with lists to choose from, and read back cell by cell.

Both happen in a child of the press. A form is read where its cells stand: a formula, a hidden cell, a date in either of
Excel's calendars, a merged cell are told apart, and whatever cannot be read is a fault of its cell, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from portal.core import press
from portal.core.errors import N_, Invalid
from portal.core.sheets import SECONDS, check_file, in_child

NOT_A_WORKBOOK = N_("This is not an Excel workbook (.xlsx). Save the form as .xlsx and send it again.")
NO_SHEET = N_("The workbook has no sheet named %(sheet)s. Use the form as it is.")
TWO_SHEETS = N_("The workbook has more than one sheet named %(sheet)s.")
TOO_BIG = N_("The sheet holds more than the form can. Use the form as it is.")
HIDDEN = N_("This cell is hidden. Show it and send the file again.")
COVERED = N_("This cell is merged with another one, so that what stands in it cannot be told. Use the form as it is.")
TOO_PRECISE = N_("The spreadsheet has a number here that is no whole one. Put a text there instead.")

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS = 300, 60


@dataclass(frozen=True)
class FormCell:
    """What stands in a cell, as text; ``fault`` is a message id, the text is empty then.

    ``day`` and ``time``: what a number stands for where a day or a time is meant. ``is_number``: the spreadsheet kept a
    number, so that leading zeros are gone.
    """

    text: str = ""
    fault: str = ""
    is_number: bool = False
    day: date | None = None
    time: time | None = None


@dataclass(frozen=True)
class FormSheet:
    """The cells that hold something, by their coordinates (``C12``)."""

    cells: Mapping[str, FormCell]

    def cell(self, coordinate: str) -> FormCell:
        """The cell, empty where nothing stands."""
        return self.cells.get(coordinate, FormCell())


@dataclass(frozen=True)
class Label:
    """A text of the form itself. ``level``: 1 title, 2 heading, 3 label, 4 note."""

    cell: str
    text: str
    level: int = 3


@dataclass(frozen=True)
class Entry:
    """A place to fill in. ``offers``: the list that it offers; ``within``: the cell whose choice says which list."""

    cell: str
    value: str | date | time = ""
    offers: str = ""
    within: str = ""
    long: bool = False


@dataclass(frozen=True)
class FormPlan:
    """A whole form. ``lists``: names of lists to what they offer; ``lists_under``: (list, choice above) to the same.

    ``widths`` of columns are in characters, ``heights`` of rows in points.
    """

    sheet: str
    labels: Sequence[Label]
    entries: Sequence[Entry]
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lists_under: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    merged: Sequence[str] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    heights: Mapping[int, int] = field(default_factory=dict)


def make(plan: FormPlan) -> bytes:
    """The workbook of a form."""
    return press.run(_make, plan, seconds=SECONDS)


def read(data: bytes, filename: str, sheet: str) -> FormSheet:
    """The form in a workbook. Invalid, in plain words, when the file as a whole cannot be taken."""
    if check_file(data, filename, max_bytes=MAX_BYTES) != "xlsx":
        raise Invalid(NOT_A_WORKBOOK)
    return in_child(_read, data, sheet)


def _make(plan: FormPlan) -> bytes:
    from portal.core import workbook_forms  # the library is loaded in the children alone

    return workbook_forms.make(plan)


def _read(data: bytes, sheet: str) -> FormSheet:
    from portal.core import workbook_forms

    return workbook_forms.read(data, sheet)
