"""A form of the procedure to be filled in on the site and printed: its fields come from the table of forms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import Field

from disclosure.forms.resident.questions import FIRST_BIRTH
from disclosure.rules import forms
from disclosure.rules.forms import Choice, FieldKind, FormField, Sheet
from portal.core.wareki import format_wareki
from portal.web.fields import ChoiceField, ChoicesField, DateField, EmailField, KanaField, TextAreaField, TextField
from portal.web.forms import Form
from portal.web.language import _, choose, current

AUTOCOMPLETE = {
    "name": "name", "postal-code": "postal-code", "address": "street-address", "telephone": "tel",
    "birth-date": "bday",
}  # fmt: skip


class SheetForm(Form):
    """The web form of a sheet. Made by ``sheet_form``, as every sheet has fields of its own."""

    sheet: Sheet

    def parts(self) -> list[tuple[str, list[Field]]]:
        """Heading and fields of each part that has any."""
        named = {field.key for field in self.sheet.fields}
        rows = [
            (choose(part, "heading"), [self[_name(key)] for key in part.fields if key in named])
            for part in self.sheet.parts
        ]
        return [(heading, fields) for heading, fields in rows if fields]

    def values(self) -> dict[str, str | Sequence[str]]:
        """What was written, by the keys of the fields; days as official papers write them."""
        return {field.key: self._value(field) for field in self.sheet.fields}

    def _value(self, field: FormField) -> str | Sequence[str]:
        found = self[_name(field.key)]
        if isinstance(found, DateField):
            return format_wareki(found.day) if found.day else ""
        if isinstance(found, ChoicesField):
            return list(found.data or [])
        if isinstance(found, ChoiceField):
            return [found.data] if found.data else []
        return found.data or ""


def sheet_form(sheet: Sheet, day: date) -> SheetForm:
    """The form of a sheet as it is on ``day``, in the page's language."""
    fields = {_name(field.key): _field(field, field.key in sheet.required, day) for field in sheet.fields}
    made = type("FilledSheetForm", (SheetForm,), {**fields, "sheet": sheet})
    return made(data={"date": format_wareki(day)})


def place_of(key: str) -> str:
    """The name of a field in the web form, by its key."""
    return _name(key)


def _name(key: str) -> str:
    return key.replace("-", "_")


def _field(field: FormField, required: bool, day: date) -> Any:
    label, hint = choose(field, "label"), choose(field, "hint")
    more = {"required": required, "hint": hint}
    offered = [(row.value, _label(row)) for row in forms.choices(field, day)]
    if field.kind is FieldKind.CHOICE:
        return ChoiceField(label, choices=offered, **more)
    if offered:
        return ChoicesField(label, choices=offered, **more)
    if field.kind is FieldKind.DATE:
        return DateField(label, required=required, earliest=FIRST_BIRTH, hint=hint or _example())
    if field.kind is FieldKind.LINES:
        return TextAreaField(label, longest=field.longest, rows=field.rows + 1, **more)
    if field.key == "email":
        return EmailField(label, **more)
    return (KanaField if field.key == "kana" else TextField)(
        label, longest=field.longest, autocomplete=AUTOCOMPLETE.get(field.key, ""), **more
    )


def _label(row: Choice) -> str:
    return row.ja if current() == "ja" else row.en


def _example() -> str:
    return _("For example: 令和8年4月1日 or 2026-04-01")
