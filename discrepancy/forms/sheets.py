"""The four forms on the web, made from the tables of their fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import wtforms
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField
from wtforms.validators import StopValidation

from discrepancy.rules.codes import DEPENDS_ON, Code, CodeTable, find, offered
from discrepancy.rules.fields import DAYS, FieldForm, FieldKind, FormField, Needed
from discrepancy.rules.report_checks import LINE, NO, TEXT, YES, Fault
from discrepancy.rules.report_sheet import typed
from portal.core.files import Slot
from portal.core.form_sheets import MAX_BYTES
from portal.web.fields import SelectField, TextAreaField, TextField, UploadField
from portal.web.forms import Form
from portal.web.language import _, _l, choose

# When a field that is not always needed must be filled in.
CONDITIONS: dict[Needed, Any] = {
    Needed.ONE_CAUSE: _l("Needed in one of the four fields of the main cause"),
    Needed.ASKED_OTHERS: _l("Needed if the aggregating body or a ministry was asked"),
    Needed.TOLD_MINISTRY: _l("Needed if a ministry was told"),
    Needed.INQUIRER_CAUSED: _l("Needed if the inquirer caused it"),
    Needed.PROVIDER_CAUSED: _l("Needed if the provider caused it"),
    Needed.WRONG_DATA: _l("Needed if the data provided were wrong"),
    Needed.DUPLICATE_FIXED: _l("Needed if the duplicate was corrected"),
    Needed.WRONG_ELSEWHERE: _l("Needed if others received wrong data"),
    Needed.ANY_NO: _l("Needed if one of (1) to (4) is No"),
    Needed.SLOW: _l("Needed if the cause could not be found quickly"),
    Needed.SLOW_NOT_TOLD: _l("Needed if the inquirer was not told"),
}
DAY_HINT = _l("For example: 令和8年11月2日 or 2026-11-02")
TIME_HINT = _l("For example: 09:05")
BOOK = Slot("book", max_bytes=MAX_BYTES, types=frozenset({".xlsx"}))
_AUTOCOMPLETE = {FieldKind.MAIL: "email", FieldKind.TELEPHONE: "tel"}


class SheetForm(Form):
    """A form as people fill it in; its fields come from the table of its fields."""

    version = HiddenField()
    of: FieldForm
    rows: Sequence[Code]

    def values(self) -> dict[str, str]:
        """What was filled in, by the fields' keys, as the rules take it."""
        found = {one.key: typed(one, str(self[one.key].data or ""), self.rows) for one in written(self.of)}
        return {key: value.replace("\r\n", "\n") for key, value in found.items() if value}

    def show(self, faults: Sequence[Fault]) -> None:
        """Put what is wrong next to the fields that it concerns."""
        for fault in faults:
            more = {} if fault.limit is None else {"limit": fault.limit}
            self.refuse(fault.field if fault.field in self else "version", fault.message, **more)


def written(of: FieldForm) -> list[FormField]:
    """The fields that bodies fill in."""
    return [one for one in of.fields if one.kind is not FieldKind.OPERATOR]


def sheet_form(
    of: FieldForm,
    rows: Sequence[Code],
    values: Mapping[str, str],
    *,
    chosen: Mapping[str, str],
    day: date,
    sent: bool | MultiDict[str, str] = True,
) -> SheetForm:
    """The form with what is known; ``chosen``: what was chosen in the fields that others depend on.

    ``day``: the day whose codes are offered. ``sent``: whether what the request sends is what was filled in; or what
    was filled in otherwise.
    """
    fields = {one.key: _field(of, one, rows, {**values, **chosen}, day) for one in written(of)}
    options: dict[str, Any] = {} if sent is True else {"formdata": sent or None}
    made: SheetForm = type("FilledForm", (SheetForm,), fields)(data=dict(values), **options)
    made.of, made.rows = of, rows
    for one in written(of):
        made[one.key].required = one.needed is Needed.ALWAYS
        made[one.key].need = str(CONDITIONS[one.needed]) if one.needed in CONDITIONS else ""
    return made


def _field(of: FieldForm, one: FormField, rows: Sequence[Code], values: Mapping[str, str], day: date) -> Any:
    label = choose(one, "name")
    if one.table is not None:
        return SelectField(
            label, choices=_choices(one.table, rows, values, values.get(one.key, ""), day), required=False,
            hint=_depends(of, one.table),
        )  # fmt: skip
    if one.kind is FieldKind.YES_NO:
        return SelectField(label, choices=[("", "–"), (YES, _l("Yes")), (NO, _l("No"))], required=False)
    if one.kind is FieldKind.TEXT:
        return TextAreaField(label, longest=TEXT, rows=4, required=False)
    hint = DAY_HINT if one.kind in DAYS else TIME_HINT if one.kind is FieldKind.TIME else ""
    return TextField(label, longest=LINE, required=False, hint=hint, autocomplete=_AUTOCOMPLETE.get(one.kind, ""))


def _depends(of: FieldForm, table: CodeTable) -> str:
    if table not in DEPENDS_ON:
        return ""
    above = choose(of.by_key[DEPENDS_ON[table].value], "name")
    return _("What is offered depends on “%(name)s”. After a change there, show the lists anew.", name=above)


def _choices(
    table: CodeTable, rows: Sequence[Code], values: Mapping[str, str], said: str, day: date
) -> list[tuple[str, Any]]:
    """What is offered on the day, under what was chosen above; what was chosen before stays, for the rules to judge."""
    under = values.get(DEPENDS_ON[table].value, "") if table in DEPENDS_ON else ""
    found = [(row.key, choose(row, "name")) for row in offered(rows, table, day, under=under)]
    if said not in dict(found) and (row := find(rows, table, said)):
        found.append((row.key, choose(row, "name")))
    return [("", "–"), *found]


class BookField(UploadField):
    """A workbook; it is read by the view and not kept."""

    def pre_validate(self, form: Any) -> None:
        """Only whether there is one: whoever reads it says what is wrong with it."""
        if not getattr(self.data, "filename", ""):
            raise StopValidation(_("Please choose a file."))


class BookForm(Form):
    """A form that was filled in as a workbook."""

    book = BookField(_l("The workbook (.xlsx)"), slot=BOOK)


class BooksField(wtforms.MultipleFileField):
    """Workbooks, or archives of them."""

    slot = Slot("books", max_bytes=MAX_BYTES, types=frozenset({".xlsx", ".zip"}))
    hint = _l("Files (.xlsx), or one archive of a folder (.zip).")
    required = True

    def pre_validate(self, form: Any) -> None:
        """Only whether there is one: whoever reads them says what is wrong with them."""
        if not any(getattr(one, "filename", "") for one in self.data or ()):
            raise StopValidation(_("Please choose a file."))


class BooksForm(Form):
    """Reports that were filled in as workbooks."""

    books = BooksField(_l("The files"))
