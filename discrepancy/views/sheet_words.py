"""A form's fields as a page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from discrepancy.rules.codes import Code, find
from discrepancy.rules.fields import DAYS, FieldForm, FieldGroup, FieldKind, FormField
from discrepancy.rules.report_checks import YES, as_day
from discrepancy.rules.sent_files import FileFault
from portal.web.language import _, choose, show_day


def told(of: FieldForm, values: Mapping[str, str], rows: Sequence[Code]) -> list[tuple[FieldGroup, list[Any]]]:
    """The parts of a form, each with its fields' names and what stands in them."""
    return [
        (group, [(choose(one, "name"), said(one, values.get(one.key, ""), rows)) for one in of.of(group)])
        for group in of.groups
    ]


def said(one: FormField, value: str, rows: Sequence[Code]) -> Any:
    """A value in the page's language."""
    if not value:
        return ""
    if one.kind in DAYS:
        return show_day(as_day(value)) or value
    if one.kind is FieldKind.YES_NO:
        return _("Yes") if value == YES else _("No")
    if one.table is not None:
        row = find(rows, one.table, value)
        return choose(row, "name") if row else value
    return value


def fault_lines(of: FieldForm, faults: Sequence[FileFault]) -> list[dict[str, str]]:
    """What is wrong where, in the page's words."""
    return [
        {
            "file": one.file,
            "cell": one.cell,
            "field": choose(of.by_key[one.key], "name") if one.key in of.by_key else "",
            "message": _(one.message, **dict(one.params)) if one.params else _(one.message),
        }
        for one in faults
    ]
