"""The forms as workbooks: laid out as bodies know them, and read back, each fault with its cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from discrepancy.rules.codes import DEPENDS_ON, Code, CodeTable, find, offered
from discrepancy.rules.fields import DAYS, FieldForm, FieldKind, FormField, FormKind, Needed, form
from discrepancy.rules.report_checks import NO, YES, as_day, as_time
from portal.core.errors import N_
from portal.core.form_sheets import Entry, FormCell, FormPlan, FormSheet, Label
from portal.core.wareki import parse_day

SHEET = "顛末報告書"
ANSWERS = {"Yes": YES, "No": NO}
_YES_NO = {
    **dict.fromkeys(("yes", "はい", "有", "○", "true", "実施"), YES),
    **dict.fromkeys(("no", "いいえ", "無", "×", "false", "未実施"), NO),
}
_NOTE = "※【必須】は必ず、【条件により必須】は該当する場合に記入してください。選択欄は一覧から選んでください。"
MOVED = N_("The form was rearranged: this cell should be the one for “%(name)s”. Use the form as it is.")
ZERO_LOST = N_("The spreadsheet kept this as a number, so that its leading zero is gone. Make the cell a text.")


@dataclass(frozen=True)
class CellFault:
    """What is wrong with a cell of a workbook; ``name`` for the message that quotes a field."""

    cell: str
    field: str
    message: str
    name: str = ""


@dataclass(frozen=True)
class ReadForm:
    """What a workbook says, by the fields' keys, as :func:`report_checks.check` takes it; and its faults."""

    values: dict[str, str]
    faults: tuple[CellFault, ...]


def mark(field: FormField) -> str:
    """Whether a field must be filled in, in words."""
    if field.needed is Needed.NEVER:
        return ""
    return "【必須】" if field.needed is Needed.ALWAYS else "【条件により必須】"


def label_cell(of: FieldForm, one: FormField) -> str:
    """Where the field's name stands: beside its cell, or at the row's beginning where the name is a sentence."""
    column, row = one.cell[0], one.cell[1:]
    return f"D{row}" if column == "E" and f"C{row}" in {other.cell for other in of.fields} else f"B{row}"


def plan(values: Mapping[str, str], codes: Sequence[Code], *, day: date, kind: FormKind = FormKind.REPORT) -> FormPlan:
    """The workbook of a form, filled in with ``values``; its lists offer the codes of ``day``."""
    of = form(kind)
    labels = [Label("B1", of.name_ja, 1), Label("B2", _NOTE, 4)]
    labels += [Label(group.cell, group.name_ja, 2) for group in of.groups if group.cell]
    labels += [Label(label_cell(of, one), one.name_ja + mark(one)) for one in of.fields]
    return FormPlan(
        sheet=of.name_ja,
        labels=labels,
        entries=[_entry(of, one, values.get(one.key, ""), codes) for one in of.fields],
        lists={
            FieldKind.YES_NO: tuple(ANSWERS),
            **{table: _names(offered(codes, table, day)) for table in of.tables if table not in DEPENDS_ON},
        },
        lists_under={
            (table, above.name_ja): _names(offered(codes, table, day, under=above.key))
            for table in of.tables
            if table in DEPENDS_ON
            for above in offered(codes, DEPENDS_ON[table], day)
        },
        merged=[f"{cell}:E{cell[1:]}" for cell in ("B1", "B2", *(group.cell for group in of.groups if group.cell))]
        + [f"B{one.cell[1:]}:D{one.cell[1:]}" for one in of.fields if one.cell[0] == "E" and _is_wide(of, one)]
        + [f"{one.cell}:E{one.cell[1:]}" for one in of.fields if one.kind is FieldKind.TEXT],
        widths={"A": 2, "B": 52, "C": 34, "D": 24, "E": 34},
        heights={1: 24, **{int(one.cell[1:]): 72 for one in of.fields if one.kind is FieldKind.TEXT}},
    )


def _is_wide(of: FieldForm, one: FormField) -> bool:
    return label_cell(of, one)[0] == "B"


def _names(codes: Sequence[Code]) -> tuple[str, ...]:
    return tuple(code.name_ja for code in codes)


def _entry(of: FieldForm, one: FormField, value: str, codes: Sequence[Code]) -> Entry:
    offers = one.table or (FieldKind.YES_NO if one.kind is FieldKind.YES_NO else "")
    above = DEPENDS_ON.get(one.table) if one.table else None
    within = of.by_key[above.value].cell if above else ""
    return Entry(one.cell, _shown(one, value, codes), offers, within, long=one.kind is FieldKind.TEXT)


def _shown(one: FormField, value: str, codes: Sequence[Code]) -> str | date:
    """A value as the workbook has it: days as days, codes by their names."""
    return (as_day(value) or value) if one.kind in DAYS else shown(one, value, codes)


def shown(one: FormField, value: str, codes: Sequence[Code]) -> str:
    """A value as the forms have it in Japanese: codes by their names, Yes and No."""
    if one.kind is FieldKind.YES_NO:
        return next((shown for shown, known in ANSWERS.items() if known == value), value)
    if one.table is not None:
        row = find(codes, one.table, value)
        return row.name_ja if row else value
    return value


def read(sheet: FormSheet, codes: Sequence[Code], kind: FormKind = FormKind.REPORT) -> ReadForm:
    """What a workbook says. A cell that cannot be read is a fault; nothing is guessed."""
    of = form(kind)
    values: dict[str, str] = {}
    faults = []
    for one in of.fields:
        name = sheet.cell(label_cell(of, one))
        if name.fault or not _plain(name.text).startswith(_plain(one.name_ja)):
            faults.append(CellFault(label_cell(of, one), one.key, name.fault or MOVED, one.name_ja))
            continue
        cell = sheet.cell(one.cell)
        if cell.fault:
            faults.append(CellFault(one.cell, one.key, cell.fault))
        elif cell.text.strip():
            values[one.key], fault = _value(one, cell, codes)
            if fault:
                faults.append(CellFault(one.cell, one.key, fault))
    return ReadForm(values, tuple(faults))


def _plain(text: str) -> str:
    """A label for comparing: width, spaces and marks do not count."""
    return re.sub(r"\s|【[^】]*】", "", unicodedata.normalize("NFKC", text))


def typed(one: FormField, text: str, codes: Sequence[Code]) -> str:
    """What somebody typed into a field, as the rules take it: digits of any width, days of any era, codes by name."""
    return _value(one, FormCell(text), codes)[0] if text.strip() else ""


def _value(one: FormField, cell: FormCell, codes: Sequence[Code]) -> tuple[str, str]:
    """A cell's value and what is wrong with it."""
    text = cell.text.strip()
    narrow = unicodedata.normalize("NFKC", text).strip()
    match one.kind:
        case FieldKind.DAY | FieldKind.COMING_DAY:
            return _day(cell, narrow), ""
        case FieldKind.TIME:
            return _time(cell, narrow), ""
        case FieldKind.YES_NO:
            return _YES_NO.get(narrow.casefold(), narrow), ""
        case FieldKind.BODY:
            return (narrow.zfill(6) if cell.is_number else narrow.upper()), ""
        case FieldKind.TELEPHONE:
            return narrow, ZERO_LOST if cell.is_number else ""
        case FieldKind.MAIL | FieldKind.SERIAL:
            return narrow, ""
        case FieldKind.CODE if one.table is not None:
            return _code(one.table, text, narrow, codes), ""
        case _:
            return text, ""


def _day(cell: FormCell, text: str) -> str:
    if cell.day:
        return cell.day.isoformat()
    try:
        return parse_day(text).isoformat()
    except ValueError:
        return text


def _time(cell: FormCell, text: str) -> str:
    if cell.time:
        return f"{cell.time:%H:%M}"
    found = re.fullmatch(r"(\d{1,2})[:時](\d{1,2})分?(?::00)?", text)
    said = f"{int(found[1]):02}:{int(found[2]):02}" if found else text
    return said if as_time(said) else text


def _code(table: CodeTable, text: str, narrow: str, codes: Sequence[Code]) -> str:
    row = find(codes, table, text) or find(codes, table, narrow)
    return row.key if row else text
