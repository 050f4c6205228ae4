"""The 42 fields of a report (顛末報告書) as data, and when each must be filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from discrepancy.rules.codes import CodeTable
from portal.core import law_tables
from portal.core.law_tables import TableError

COUNT = 42


class FieldKind(StrEnum):
    """``operator``: only the operator of the network fills it in, when it accepts the report."""

    DAY = "day"
    TIME = "time"
    LINE = "line"
    TEXT = "text"
    TELEPHONE = "telephone"
    MAIL = "mail"
    BODY = "body"
    CODE = "code"
    YES_NO = "yes-no"
    OPERATOR = "operator"


class FieldGroup(StrEnum):
    HEAD = "head"
    REPORTER = "reporter"
    EVENT = "event"
    SUBJECT = "subject"
    CAUSE = "cause"
    ASKED = "asked"
    INQUIRER_CAUSED = "inquirer-caused"
    PROVIDER_CAUSED = "provider-caused"
    WRONG_DATA = "wrong-data"
    SLOW = "slow"
    OPERATOR = "operator"


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
class ReportField:
    """``number`` is its place in the form, ``cell`` where it stands in the workbook."""

    number: int
    key: str
    group: FieldGroup
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


@cache
def fields() -> tuple[ReportField, ...]:
    """All fields in the form's order; TableError."""
    rows = law_tables.read("discrepancy", "report_fields.toml", "field", ReportField)
    if [row.number for row in rows] != list(range(1, COUNT + 1)):
        raise TableError(f"report_fields.toml: the fields must be numbered from 1 to {COUNT}.")
    for name in ("key", "cell"):
        said = [getattr(row, name) for row in rows]
        if len(set(said)) != COUNT:
            raise TableError(f"report_fields.toml: two fields have the same {name}.")
    for row in rows:
        if (row.kind is FieldKind.CODE) != bool(row.codes):
            raise TableError(f"report_fields.toml, {row.key}: a field of codes needs a table, and no other has one.")
        if row.codes and row.codes not in set(CodeTable):
            raise TableError(f"report_fields.toml, {row.key}: {row.codes} is no table of codes.")
    return rows


@cache
def by_key() -> dict[str, ReportField]:
    return {field.key: field for field in fields()}


def field(key: str) -> ReportField:
    """The field of a key; KeyError."""
    return by_key()[key]
