"""Figures of the register of question letters, each with the rule by which it is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from statistics import median

from content.rules.question_letters.register import Register
from content.rules.question_letters.standing import Promise, Standing
from portal.core import law_tables
from portal.core.law_tables import TableError

OVERDUE, OPEN, NO_GROUND = "overdue", "open", "none"
# Where questions stand, what is overdue apart.
OUTCOMES = (
    Standing.ANSWERED, Standing.KEPT, Standing.DECLINED, Standing.DEFERRED, Standing.WAITING, OVERDUE,
    Standing.UNANSWERED,
)  # fmt: skip
# The same in four.
COARSE = {Standing.KEPT: Standing.ANSWERED, Standing.DEFERRED: OPEN, Standing.WAITING: OPEN, OVERDUE: OPEN}
PROMISES = (Promise.IN_TIME, Promise.LATE, Promise.OPEN, OVERDUE, Promise.DECLINED)
# The upper ends of the classes of days until the answer.
DAYS = (7, 14, 30, 45, 60, 90, 180)
LONGER = "longer"


class Figure(StrEnum):
    """What is counted; a word of the file's address."""

    OUTCOME = "outcome"
    GROUND = "ground"
    PROMISES = "promises"
    DAYS = "days"
    DEPARTMENT = "department"
    YEAR = "year"
    QUARTER = "quarter"


@dataclass(frozen=True, kw_only=True)
class CountingRule:
    """How a figure is counted from a day on. ``confirmed``: the organisation has said that it is its own rule."""

    key: Figure
    effective_from: date
    confirmed: bool
    text_ja: str
    text_en: str


@dataclass(frozen=True)
class Counted:
    """``rows``: of each group (a department, a period, or "" alone) how many of each class."""

    figure: Figure
    rows: dict[str, dict[str, int]]

    @property
    def total(self) -> int:
        return sum(sum(row.values()) for row in self.rows.values())


@cache
def rules() -> tuple[CountingRule, ...]:
    """All rows; TableError where one is missing."""
    rows = law_tables.read("content", "letter_counting.toml", "rule", CountingRule)
    for figure in Figure:
        if not any(row.key is figure for row in rows):
            raise TableError(f"letter_counting.toml: {figure} is missing.")
    return rows


def rule(figure: Figure, today: date) -> CountingRule:
    """The rule of a figure today; before the first row, the first."""
    rows = [row for row in rules() if row.key is figure]
    return law_tables.in_force(rows, today) or min(rows, key=lambda row: row.effective_from)


def days_class(days: int) -> str:
    """The class of days until an answer, by its upper end."""
    return next((str(most) for most in DAYS if days <= most), LONGER)


def counted(figure: Figure, register: Register, today: date) -> Counted:
    """A figure as the register stands today."""
    if figure is Figure.DAYS:
        return _counted(figure, {"": Counter(days_class(took) for took in _took(register))})
    items, overdue = register.items, register.overdue_items(today)
    match figure:
        case Figure.GROUND:
            declined = items.having("standing", Standing.DECLINED)
            named = items.split(declined, "ground")
            return _counted(figure, {"": {**named, NO_GROUND: declined.bit_count() - sum(named.values())}})
        case Figure.PROMISES:
            found = items.split(items.all & ~overdue, "promise")
            return _counted(figure, {"": {**found, OVERDUE: items.split(overdue, "promise").get(Promise.OPEN, 0)}})
        case Figure.DEPARTMENT | Figure.YEAR | Figure.QUARTER:
            groups = items.bits.get(figure, {})
        case _:
            groups = {"": items.all}
    rows: dict[str, dict[str, int]] = {}
    for group, bits in sorted(groups.items()):
        row = {**items.split(bits & ~overdue, "standing"), OVERDUE: (bits & overdue).bit_count()}
        rows[group] = _coarse(row) if figure is Figure.DEPARTMENT else row
    return _counted(figure, rows)


def _coarse(row: Mapping[str, int]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for name, count in row.items():
        found[COARSE.get(name, name)] += count
    return found


def _counted(figure: Figure, rows: Mapping[str, Mapping[str, int]]) -> Counted:
    told = {group: {name: count for name, count in row.items() if count} for group, row in rows.items()}
    return Counted(figure, {group: row for group, row in told.items() if row})


def _took(register: Register) -> list[int]:
    return [one.took for one in register.letters.entries if one is not None and one.took is not None]


def median_days(register: Register) -> float | None:
    """The middle of the days until the answer; None where no letter was answered."""
    took = _took(register)
    return float(median(took)) if took else None
