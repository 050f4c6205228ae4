"""A report that came as a file: its name by the rule, each cell, and whether both say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from discrepancy.rules.codes import Code
from discrepancy.rules.fields import FieldForm, FormKind, form
from discrepancy.rules.report_checks import Fault, check
from discrepancy.rules.report_name import ReportName
from discrepancy.rules.report_sheet import read
from portal.core.errors import N_
from portal.core.form_sheets import FormSheet

OTHER_DAY = N_("The name of the file says another day than this cell.")
OTHER_CODE = N_("The name of the file says another body than this cell.")
OTHER_NAME = N_("The name of the file says another body than the register has for this code: %(name)s.")


@dataclass(frozen=True)
class FileFault:
    """What is wrong where: ``cell`` and ``key`` (of its field) are empty where the file or its name is meant.

    ``params`` fill the places of ``message``.
    """

    file: str
    message: str
    cell: str = ""
    key: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)


def faults_of_cells(file: str, of: FieldForm, faults: Sequence[Fault]) -> list[FileFault]:
    """What the rules say of fields, with their cells."""
    return [
        FileFault(
            file,
            fault.message,
            of.by_key[fault.field].cell,
            fault.field,
            {} if fault.limit is None else {"limit": fault.limit},
        )
        for fault in faults
    ]


def read_form(
    file: str, sheet: FormSheet, codes: Sequence[Code], kind: FormKind
) -> tuple[dict[str, str], list[FileFault]]:
    """What a workbook says, and which of its cells cannot be read."""
    found = read(sheet, codes, kind)
    faults = [
        FileFault(file, one.message, one.cell, one.field, {"name": one.name} if one.name else {})
        for one in found.faults
    ]
    return found.values, faults


def examine(
    file: str, name: ReportName, sheet: FormSheet, codes: Sequence[Code], *, today: date
) -> tuple[dict[str, str], list[FileFault]]:
    """What a filled-in report says, and everything that keeps it from being taken in: each cell is told once."""
    of = form(FormKind.REPORT)
    values, faults = read_form(file, sheet, codes, FormKind.REPORT)
    unread = {one.key for one in faults}
    told = check(values, codes, today=today)
    faults += faults_of_cells(file, of, [one for one in told if one.field not in unread])
    said = {one.key for one in faults}
    if "filed_on" not in said and values["filed_on"] != name.filed_on.isoformat():
        faults.append(FileFault(file, OTHER_DAY, of.by_key["filed_on"].cell, "filed_on"))
    if "body_code" not in said and name.code and values["body_code"] != name.code:
        faults.append(FileFault(file, OTHER_CODE, of.by_key["body_code"].cell, "body_code"))
    return values, faults
