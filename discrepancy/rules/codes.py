"""Tables of codes that the forms offer: each row with its days, some only under another choice.

The shipped rows (``data/codes.toml``) are a start; the desk adds rows of its own and ends others, so that functions
take the rows as an argument.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from portal.core import law_tables
from portal.core.law_tables import TableError


class CodeTable(StrEnum):
    AFFAIR = "affair"
    INFORMATION = "information"
    CAUSER = "causer"
    SYSTEM_CAUSE = "system-cause"
    HUMAN_CAUSE = "human-cause"
    LAYOUT_CAUSE = "layout-cause"
    OTHER_CAUSE = "other-cause"
    EFFECT = "effect"
    COUNTERPART = "counterpart"
    MINISTRY = "ministry"
    URGENCY = "urgency"
    SITE_CATEGORY = "site-category"
    ENQUIRY_KIND = "enquiry-kind"
    WORK_KIND = "work-kind"
    OCCURRENCE_KIND = "occurrence-kind"


# Tables whose choices depend on what was chosen in another one.
DEPENDS_ON: dict[CodeTable, CodeTable] = {
    CodeTable.INFORMATION: CodeTable.AFFAIR,
    CodeTable.SYSTEM_CAUSE: CodeTable.CAUSER,
    CodeTable.HUMAN_CAUSE: CodeTable.CAUSER,
    CodeTable.LAYOUT_CAUSE: CodeTable.CAUSER,
    CodeTable.OTHER_CAUSE: CodeTable.CAUSER,
}
# Who caused it decides over the steps of a case: these codes cannot be ended or added to.
FIXED = frozenset({CodeTable.CAUSER})


@dataclass(frozen=True, kw_only=True)
class Code:
    """``within``: the codes of the table above under which it is offered; empty: under all. ``until``: its last day."""

    table: CodeTable
    key: str
    name_ja: str
    name_en: str
    effective_from: date
    until: date | None = None
    within: tuple[str, ...] = ()
    confirmed: bool = False


@cache
def shipped() -> tuple[Code, ...]:
    """The rows that come with the system, with those of the organisation's folder; TableError."""
    rows = law_tables.read("discrepancy", "codes.toml", "code", Code)
    for table, above in DEPENDS_ON.items():
        known = {row.key for row in rows if row.table is above}
        for row in rows:
            if row.table is table and (strange := set(row.within) - known):
                raise TableError(f"codes.toml, {table} {row.key}: {min(strange)} is no code of {above}.")
    return rows


def offered(rows: Sequence[Code], table: CodeTable, day: date, *, under: str = "") -> list[Code]:
    """The codes of a table that may be chosen on a day, under the choice in the table above it (empty: all)."""
    return [
        row
        for row in rows
        if row.table is table
        and row.effective_from <= day
        and (row.until is None or day <= row.until)
        and (not under or not row.within or under in row.within)
    ]


def find(rows: Sequence[Code], table: CodeTable, said: str) -> Code | None:
    """The row of a key or of a name in either language, in force or not; the latest of several."""
    found = [row for row in rows if row.table is table and said in (row.key, row.name_ja, row.name_en)]
    return max(found, key=lambda row: row.effective_from, default=None)
