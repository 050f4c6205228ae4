"""The fields of the four forms as data, and when each must be filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, cached_property

from discrepancy.rules.codes import CodeTable
from portal.core import law_tables
from portal.core.law_tables import TableError

COUNT = 42


class FormKind(StrEnum):
    """The forms of the sharing site: 問合せ票, 作業依頼書, 事象発生報告書兼完了報告書, and the report (顛末報告書)."""

    ENQUIRY = "02-04"
    WORK = "03-03"
    OCCURRENCE = "03-13"
    REPORT = "report"


FILES: dict[FormKind, str] = {
    FormKind.ENQUIRY: "enquiry_fields.toml",
    FormKind.WORK: "work_fields.toml",
    FormKind.OCCURRENCE: "occurrence_fields.toml",
    FormKind.REPORT: "report_fields.toml",
}


class FieldKind(StrEnum):
    """``coming-day``: one that may lie ahead. ``serial``: a message serial number (処理通番).

    ``operator``: only the operator of the network fills it in, when it accepts the report.
    """

    DAY = "day"
    COMING_DAY = "coming-day"
    TIME = "time"
    LINE = "line"
    TEXT = "text"
    TELEPHONE = "telephone"
    MAIL = "mail"
    BODY = "body"
    SERIAL = "serial"
    CODE = "code"
    YES_NO = "yes-no"
    OPERATOR = "operator"


DAYS = frozenset({FieldKind.DAY, FieldKind.COMING_DAY})


class Needed(StrEnum):
    """When a field must be filled in; ``one-cause``: one of the four fields of the main cause."""

    NEVER = ""
    ALWAYS = "always"
    ONE_CAUSE = "one-cause"
    ASKED_OTHERS = "asked-others"
    TOLD_MINISTRY = "told-ministry"
    INQUIRER_CAUSED = "inquirer-caused"
    PROVIDER_CAUSED = "provider-caused"
    WRONG_DATA = "wrong-data"
    DUPLICATE_FIXED = "duplicate-fixed"
    WRONG_ELSEWHERE = "wrong-elsewhere"
    ANY_NO = "any-no"
    SLOW = "slow"
    SLOW_NOT_TOLD = "slow-not-told"


@dataclass(frozen=True, kw_only=True)
class FieldGroup:
    """A part of a form; ``cell`` is where its heading stands in the workbook, empty where it has none."""

    key: str
    name_ja: str
    name_en: str
    cell: str = ""


@dataclass(frozen=True, kw_only=True)
class FormField:
    """``number`` is its place in the form, ``cell`` where it stands in the workbook."""

    number: int
    key: str
    group: str
    kind: FieldKind
    cell: str
    name_ja: str
    name_en: str
    effective_from: date
    codes: str = ""
    needed: Needed = Needed.NEVER
    confirmed: bool = False

    @property
    def table(self) -> CodeTable | None:
        """The table of codes that it offers."""
        return CodeTable(self.codes) if self.codes else None


@dataclass(frozen=True, kw_only=True)
class _Head:
    """What a form is called."""

    key: FormKind
    name_ja: str
    name_en: str
    code: str = ""


@dataclass(frozen=True)
class FieldForm:
    """A form: its name is also that of its sheet; ``code`` its number on the sharing site, empty for the report."""

    kind: FormKind
    code: str
    name_ja: str
    name_en: str
    groups: tuple[FieldGroup, ...]
    fields: tuple[FormField, ...]

    @cached_property
    def by_key(self) -> dict[str, FormField]:
        """The fields by their keys."""
        return {field.key: field for field in self.fields}

    def of(self, group: FieldGroup) -> list[FormField]:
        """The fields of a part, in order."""
        return [field for field in self.fields if field.group == group.key]

    @property
    def tables(self) -> list[CodeTable]:
        """The tables of codes that its fields offer, each once."""
        return list(dict.fromkeys(field.table for field in self.fields if field.table is not None))


@cache
def form(kind: FormKind) -> FieldForm:
    """A form with all its fields in their order; TableError."""
    file = FILES[kind]
    head = law_tables.read("discrepancy", file, "form", _Head)[0]
    groups = law_tables.read("discrepancy", file, "group", FieldGroup)
    rows = law_tables.read("discrepancy", file, "field", FormField)
    if [row.number for row in rows] != list(range(1, len(rows) + 1)):
        raise TableError(f"{file}: the fields must be numbered from 1 to {len(rows)}.")
    for name in ("key", "cell"):
        if len({getattr(row, name) for row in rows}) != len(rows):
            raise TableError(f"{file}: two fields have the same {name}.")
    known = {group.key for group in groups}
    for row in rows:
        if (row.kind is FieldKind.CODE) != bool(row.codes):
            raise TableError(f"{file}, {row.key}: a field of codes needs a table, and no other has one.")
        if row.codes and row.codes not in set(CodeTable):
            raise TableError(f"{file}, {row.key}: {row.codes} is no table of codes.")
        if row.group not in known:
            raise TableError(f"{file}, {row.key}: {row.group} is no part of the form.")
    return FieldForm(kind, head.code, head.name_ja, head.name_en, groups, rows)


@cache
def fields() -> tuple[FormField, ...]:
    """The 42 fields of the report in the form's order; TableError."""
    rows = form(FormKind.REPORT).fields
    if len(rows) != COUNT:
        raise TableError(f"report_fields.toml: the report has {COUNT} fields.")
    return rows


def by_key() -> dict[str, FormField]:
    """The fields of the report by their keys."""
    return form(FormKind.REPORT).by_key


def field(key: str) -> FormField:
    """The field of the report of a key; KeyError."""
    return by_key()[key]
