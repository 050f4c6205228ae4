"""Whether a form can go out: each field's form, and what a report (顛末報告書) must say under which circumstances."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from discrepancy.rules.codes import DEPENDS_ON, Code, CodeTable, find, offered
from discrepancy.rules.fields import FieldForm, FieldKind, FormField, FormKind, Needed, form
from discrepancy.rules.serial import serial_fault
from portal.core import screening
from portal.core.errors import N_, Invalid
from portal.core.numbers import is_local_government_code

YES, NO = "yes", "no"
LINE, TEXT = 200, 4000
CAUSES = ("system_cause", "human_cause", "layout_cause", "other_cause")
DONE = ("duplicate_fixed", "inquirer_told", "others_checked", "others_told")
Values = Mapping[str, str]

_TELEPHONE = re.compile(r"[0-9+()\- ]{4,30}(内線[0-9]{1,6})?")
_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{2,}")
_STATE_CODE = re.compile(r"[0-9A-Z]{4,10}")

EMPTY = N_("Fill this in.")
NOT_A_DAY = N_("Write the day as 2026/11/02.")
FUTURE = N_("This day has not come yet.")
NOT_A_TIME = N_("Write the time as 09:05, from 00:00 to 23:59.")
NOT_A_CHOICE = N_("Choose one from the list.")
ENDED = N_("This choice is no longer offered, or not yet.")
NOT_UNDER = N_("This choice does not go with the one that it depends on.")
YES_OR_NO = N_("Answer Yes or No.")
NOT_A_BODY = N_("This is no code of a body: its check digit is wrong.")
NOT_A_TELEPHONE = N_("Write the number in digits and hyphens.")
NOT_A_MAIL = N_("This is no e-mail address.")
OPERATORS = N_("The operator of the network fills this in.")
ONE_CAUSE = N_("Choose the main cause in one of these four fields.")
BEFORE = N_("The recovery is before the occurrence.")
ELSEWHERE = N_("Leave this empty: it is for a report of the other side.")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a field; ``limit`` for the message that names one."""

    field: str
    message: str
    limit: int | None = None


@dataclass(frozen=True)
class Circumstances:
    """What the case knows of the cause. :func:`told_by` reads it from a form that came without one."""

    wrong_data: bool = False
    wrong_elsewhere: bool = False
    slow: bool = False


def told_by(values: Values) -> Circumstances:
    """The circumstances that a filled-in form tells of itself."""
    provider = values.get("causer") == "provider"
    return Circumstances(
        wrong_data=provider and any(values.get(key) for key in DONE),
        wrong_elsewhere=bool(values.get("others_told")),
        slow=bool(values.get("slow_told")),
    )


_WHEN: dict[Needed, Callable[[Values, Circumstances], bool]] = {
    Needed.NEVER: lambda values, case: False,
    Needed.ALWAYS: lambda values, case: True,
    Needed.ONE_CAUSE: lambda values, case: False,
    Needed.ASKED_OTHERS: lambda values, case: values.get("asked_others") == YES,
    Needed.TOLD_MINISTRY: lambda values, case: values.get("told_ministry") == YES,
    Needed.INQUIRER_CAUSED: lambda values, case: values.get("causer") == "inquirer",
    Needed.PROVIDER_CAUSED: lambda values, case: values.get("causer") == "provider",
    Needed.WRONG_DATA: lambda values, case: values.get("causer") == "provider" and case.wrong_data,
    Needed.DUPLICATE_FIXED: lambda values, case: values.get("duplicate_fixed") == YES,
    Needed.WRONG_ELSEWHERE: lambda values, case: case.wrong_elsewhere,
    Needed.ANY_NO: lambda values, case: any(values.get(key) == NO for key in DONE),
    Needed.SLOW: lambda values, case: case.slow,
    Needed.SLOW_NOT_TOLD: lambda values, case: values.get("slow_told") == NO,
}


def is_needed(field: FormField, values: Values, case: Circumstances) -> bool:
    """Whether the field must be filled in, with what the others say."""
    return _WHEN[field.needed](values, case)


def check(values: Values, codes: Sequence[Code], *, today: date, case: Circumstances | None = None) -> list[Fault]:
    """Everything that hinders filing a report, in the form's order; empty when it can be filed.

    ``values``: by the fields' keys; days as 2026-11-02, times as 09:05, yes and no, codes by their keys.
    """
    found = check_form(form(FormKind.REPORT), values, codes, today=today, case=case or told_by(values))
    if not any(values.get(key) for key in CAUSES):
        found.append(Fault(CAUSES[0], ONE_CAUSE))
    return found + _together(values)


def check_form(
    form: FieldForm, values: Values, codes: Sequence[Code], *, today: date, case: Circumstances | None = None
) -> list[Fault]:
    """Everything that is wrong with the fields of a form one by one, in its order."""
    case, found = case or Circumstances(), []
    for field in form.fields:
        value = values.get(field.key, "")
        if not value:
            if is_needed(field, values, case):
                found.append(Fault(field.key, EMPTY))
        elif fault := _form(field, value, values, codes, today):
            found.append(fault)
    return found


def _form(field: FormField, value: str, values: Values, codes: Sequence[Code], today: date) -> Fault | None:
    """What is wrong with a value by itself."""
    screen, limit = (screening.lines, TEXT) if field.kind is FieldKind.TEXT else (screening.line, LINE)
    try:
        screen(value, field=field.key, limits=(limit, limit))
    except Invalid as error:
        return Fault(field.key, error.message, limit if error.message == screening.TOO_LONG else None)
    message = ""
    match field.kind:
        case FieldKind.DAY:
            day = as_day(value)
            message = NOT_A_DAY if day is None else FUTURE if day > today else ""
        case FieldKind.COMING_DAY:
            message = "" if as_day(value) else NOT_A_DAY
        case FieldKind.SERIAL:
            message = serial_fault(value)
        case FieldKind.TIME:
            message = "" if as_time(value) else NOT_A_TIME
        case FieldKind.YES_NO:
            message = "" if value in (YES, NO) else YES_OR_NO
        case FieldKind.BODY:
            message = "" if is_body_code(value) else NOT_A_BODY
        case FieldKind.TELEPHONE:
            message = "" if is_telephone(value) else NOT_A_TELEPHONE
        case FieldKind.MAIL:
            message = "" if is_mail(value) else NOT_A_MAIL
        case FieldKind.OPERATOR:
            message = OPERATORS
        case FieldKind.CODE if field.table is not None:
            message = _choice(field.table, value, values, codes, as_day(values.get("filed_on", "")) or today)
    return Fault(field.key, message) if message else None


def _choice(table: CodeTable, value: str, values: Values, codes: Sequence[Code], day: date) -> str:
    if find(codes, table, value) is None:
        return NOT_A_CHOICE
    if value not in {row.key for row in offered(codes, table, day)}:
        return ENDED
    above = values.get(DEPENDS_ON[table].value, "") if table in DEPENDS_ON else ""
    return "" if value in {row.key for row in offered(codes, table, day, under=above)} else NOT_UNDER


def _together(values: Values) -> list[Fault]:
    """What is wrong between fields."""
    found = []
    start, end = (as_day(values.get(key, "")) for key in ("occurred_on", "recovered_on"))
    if start and end:
        times = [as_time(values.get(key, "")) for key in ("occurred_at", "recovered_at")]
        if end < start:
            found.append(Fault("recovered_on", BEFORE))
        elif end == start and times[0] and times[1] and times[1] < times[0]:
            found.append(Fault("recovered_at", BEFORE))
    others = {"inquirer": "provider-caused", "provider": "inquirer-caused"}.get(values.get("causer", ""))
    found += [
        Fault(field.key, ELSEWHERE)
        for field in form(FormKind.REPORT).fields
        if field.group == others and values.get(field.key)
    ]
    return found


def is_body_code(value: str) -> bool:
    """Six digits with a right check digit, or the code of a State body (letters and digits, not six digits)."""
    if len(value) == 6 and value.isdecimal():
        return is_local_government_code(value)
    return bool(_STATE_CODE.fullmatch(value))


def is_telephone(value: str) -> bool:
    """Digits, hyphens and brackets, with an extension (内線) at most."""
    return bool(_TELEPHONE.fullmatch(value))


def is_mail(value: str) -> bool:
    """Something of the form of an e-mail address."""
    return bool(_MAIL.fullmatch(value))


def as_day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def as_time(value: str) -> time | None:
    if not re.fullmatch(r"\d{2}:\d{2}", value):
        return None
    try:
        return time.fromisoformat(value)
    except ValueError:
        return None
