"""Tables of codes that the forms offer: each row with its days, some only under another choice.

The shipped rows (``data/codes.toml``) are a start; the desk adds rows of its own and ends others, so that functions
take the rows as an argument.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from portal.core import law_tables
from portal.core.errors import N_
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
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,58}")
KEY = N_("Write the code in small letters a to z, digits and hyphens, for example “other-system”.")
ENDS_BEFORE = N_("The last day lies before the first day.")
NAME_TAKEN = N_("Another code of this table has this name. Reports that come as files are read by the name.")
FOLLOWED = N_("This code has a later row, from %(day)s. Let this one end before that day.")
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


def fault_of(new: Code, rows: Sequence[Code]) -> tuple[str, str, dict[str, str]] | None:
    """What is wrong with a row that somebody wants to keep: its field, the message and the values in it."""
    if not _KEY.fullmatch(new.key):
        return "key", KEY, {}
    if new.until is not None and new.until < new.effective_from:
        return "until", ENDS_BEFORE, {}
    for row in rows:
        if row.table is not new.table:
            continue
        if row.key != new.key:
            if row.name_ja == new.name_ja:
                return "name_ja", NAME_TAKEN, {}
            if row.name_en == new.name_en:
                return "name_en", NAME_TAKEN, {}
        elif row.effective_from > new.effective_from and (new.until is None or new.until >= row.effective_from):
            return "until", FOLLOWED, {"day": row.effective_from.isoformat()}
    return None


def ended_by(new: Code, rows: Sequence[Code]) -> list[Code]:
    """The earlier rows of the same code that end the day before a new one begins, so that no code is offered twice."""
    last = new.effective_from - timedelta(days=1)
    return [
        replace(row, until=last)
        for row in rows
        if (row.table, row.key) == (new.table, new.key)
        and row.effective_from < new.effective_from
        and (row.until is None or row.until > last)
    ]
