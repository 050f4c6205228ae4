"""The report (顛末報告書) as a workbook: laid out as bodies know it, and read back, each fault with its cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from discrepancy.rules.codes import DEPENDS_ON, Code, CodeTable, find, offered
from discrepancy.rules.fields import FieldGroup, FieldKind, Needed, ReportField, field, fields
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
# Headings of the groups: the cell, and what it says.
_HEADINGS = {
    FieldGroup.REPORTER: ("B4", "報告者情報"),
    FieldGroup.EVENT: ("B11", "発生と復旧"),
    FieldGroup.SUBJECT: ("B14", "疑義発生事務と特定個人情報"),
    FieldGroup.CAUSE: ("B17", "補足情報"),
    FieldGroup.ASKED: ("B24", "照会等の実施"),
    FieldGroup.INQUIRER_CAUSED: ("B32", "情報照会者が起因者であった場合の記入欄"),
    FieldGroup.PROVIDER_CAUSED: ("B36", "情報提供者が起因者であった場合の記入欄"),
    FieldGroup.WRONG_DATA: ("B40", "情報連携により提供された情報が誤っていた場合の対応"),
    FieldGroup.SLOW: ("B46", "速やかな原因究明が不可能であった場合の対応"),
    FieldGroup.OPERATOR: ("B49", "運営主体の記載項目"),
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
class ReadReport:
    """What a workbook says, by the fields' keys, as :func:`report_checks.check` takes it; and its faults."""

    values: dict[str, str]
    faults: tuple[CellFault, ...]


def mark(field: ReportField) -> str:
    """Whether a field must be filled in, in words."""
    if field.needed is Needed.NEVER:
        return ""
    return "【必須】" if field.needed is Needed.ALWAYS else "【条件により必須】"


def label_cell(field: ReportField) -> str:
    """Where the field's name stands: beside its cell, or at the row's beginning where the name is a sentence."""
    column, row = field.cell[0], field.cell[1:]
    return f"D{row}" if column == "E" and f"C{row}" in {one.cell for one in fields()} else f"B{row}"


def plan(values: Mapping[str, str], codes: Sequence[Code], *, day: date) -> FormPlan:
    """The workbook of a report, filled in with ``values``; its lists offer the codes of ``day``."""
    labels = [Label("B1", SHEET, 1), Label("B2", _NOTE, 4)]
    labels += [Label(cell, text, 2) for cell, text in _HEADINGS.values()]
    labels += [Label(label_cell(one), one.name_ja + mark(one)) for one in fields()]
    tables = [one.table for one in fields() if one.table is not None]
    plain = [table for table in tables if table not in DEPENDS_ON]
    return FormPlan(
        sheet=SHEET,
        labels=labels,
        entries=[_entry(one, values.get(one.key, ""), codes) for one in fields()],
        lists={
            FieldKind.YES_NO: tuple(ANSWERS),
            **{table: _names(offered(codes, table, day)) for table in plain},
        },
        lists_under={
            (table, above.name_ja): _names(offered(codes, table, day, under=above.key))
            for table in DEPENDS_ON
            for above in offered(codes, DEPENDS_ON[table], day)
        },
        merged=[f"B{one.cell[1:]}:D{one.cell[1:]}" for one in fields() if one.cell[0] == "E" and _is_wide(one)]
        + [f"{one.cell}:E{one.cell[1:]}" for one in fields() if one.kind is FieldKind.TEXT],
        widths={"A": 2, "B": 34, "C": 34, "D": 24, "E": 34},
    )


def _is_wide(one: ReportField) -> bool:
    return label_cell(one)[0] == "B"


def _names(codes: Sequence[Code]) -> tuple[str, ...]:
    return tuple(code.name_ja for code in codes)


def _entry(one: ReportField, value: str, codes: Sequence[Code]) -> Entry:
    offers = one.table or (FieldKind.YES_NO if one.kind is FieldKind.YES_NO else "")
    above = DEPENDS_ON.get(one.table) if one.table else None
    within = field(above.value).cell if above else ""
    return Entry(one.cell, _shown(one, value, codes), offers, within, long=one.kind is FieldKind.TEXT)


def _shown(one: ReportField, value: str, codes: Sequence[Code]) -> str | date:
    """A value as the workbook has it: days as days, codes by their names."""
    if not value:
        return ""
    if one.kind is FieldKind.DAY:
        return as_day(value) or value
    if one.kind is FieldKind.YES_NO:
        return next((shown for shown, known in ANSWERS.items() if known == value), value)
    if one.table is not None:
        row = find(codes, one.table, value)
        return row.name_ja if row else value
    return value


def read(sheet: FormSheet, codes: Sequence[Code]) -> ReadReport:
    """What a workbook says. A cell that cannot be read is a fault; nothing is guessed."""
    values: dict[str, str] = {}
    faults = []
    for one in fields():
        label = _plain(sheet.cell(label_cell(one)).text)
        if not label.startswith(_plain(one.name_ja)):
            faults.append(CellFault(label_cell(one), one.key, MOVED, one.name_ja))
            continue
        cell = sheet.cell(one.cell)
        if cell.fault:
            faults.append(CellFault(one.cell, one.key, cell.fault))
        elif cell.text.strip():
            values[one.key], fault = _value(one, cell, codes)
            if fault:
                faults.append(CellFault(one.cell, one.key, fault))
    return ReadReport(values, tuple(faults))


def _plain(text: str) -> str:
    """A label for comparing: width, spaces and marks do not count."""
    return re.sub(r"\s|【[^】]*】", "", unicodedata.normalize("NFKC", text))


def _value(one: ReportField, cell: FormCell, codes: Sequence[Code]) -> tuple[str, str]:
    """A cell's value and what is wrong with it."""
    text = cell.text.strip()
    narrow = unicodedata.normalize("NFKC", text).strip()
    match one.kind:
        case FieldKind.DAY:
            return _day(cell, narrow), ""
        case FieldKind.TIME:
            return _time(cell, narrow), ""
        case FieldKind.YES_NO:
            return _YES_NO.get(narrow.casefold(), narrow), ""
        case FieldKind.BODY:
            return (narrow.zfill(6) if cell.is_number else narrow.upper()), ""
        case FieldKind.TELEPHONE:
            return narrow, ZERO_LOST if cell.is_number else ""
        case FieldKind.MAIL:
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
