"""The days of a question letter: acknowledged, answered, asked back. Each due day says by which rule it was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from portal.core import calendar, law_tables
from portal.core.law_tables import TableError


class Duty(StrEnum):
    """What has a day."""

    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"
    ASK_BACK = "ask-back"


@dataclass(frozen=True, kw_only=True)
class Period:
    """So many days, or business days where ``business_days`` is not 0, counted from the day after.

    ``confirmed``: the organisation has said that it is its own rule.
    """

    key: Duty
    effective_from: date
    name_ja: str
    name_en: str
    source_ja: str
    source_en: str
    confirmed: bool
    days: int = 0
    business_days: int = 0

    def due(self, start: date) -> date:
        """The last day of the period that begins the day after ``start``. OutsideCalendar beyond the known holidays."""
        if self.business_days:
            return calendar.add_business_days(start, self.business_days)
        return start + timedelta(days=self.days)


@cache
def periods() -> tuple[Period, ...]:
    """All rows; TableError where one cannot be."""
    rows = law_tables.read("content", "letter_clock.toml", "period", Period)
    for row in rows:
        if (row.days > 0) == (row.business_days > 0):
            raise TableError(f"letter_clock.toml, {row.key}: it needs either days or business_days.")
    for duty in Duty:
        if not any(row.key is duty for row in rows):
            raise TableError(f"letter_clock.toml: {duty} is missing.")
    return rows


def period(duty: Duty, day: date) -> Period:
    """The period for letters received on ``day``; before the first row, the first."""
    rows = [row for row in periods() if row.key is duty]
    return law_tables.in_force(rows, day) or min(rows, key=lambda row: row.effective_from)


def overdue_days(due: date, *, done: date | None, today: date) -> int:
    """How many days after its day something was done, or is not done yet; 0 within it."""
    return max(0, ((done or today) - due).days)
