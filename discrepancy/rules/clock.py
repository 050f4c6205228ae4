"""The days of a case: when the report is due, when the provider must have said something. Each says its rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from portal.core import calendar, law_tables
from portal.core.law_tables import TableError


class Duty(StrEnum):
    REMEDY = "remedy"
    AT_ONCE = "at-once"
    REMINDER = "reminder"
    FIRST_ANSWER = "first-answer"


@dataclass(frozen=True, kw_only=True)
class Period:
    """So many days, or business days, counted from the day after."""

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
    rows = law_tables.read("discrepancy", "report_clock.toml", "period", Period)
    for row in rows:
        if (row.days > 0) == (row.business_days > 0):
            raise TableError(f"report_clock.toml, {row.key}: it needs either days or business_days.")
    for duty in Duty:
        if not any(row.key is duty for row in rows):
            raise TableError(f"report_clock.toml: {duty} is missing.")
    return rows


def period(duty: Duty, day: date) -> Period:
    """The period in force on a day; before the first row, the first."""
    rows = [row for row in periods() if row.key is duty]
    return law_tables.in_force(rows, day) or min(rows, key=lambda row: row.effective_from)


@dataclass(frozen=True)
class ReportDue:
    """``due_on`` by the ``periods`` that were added up, counted from ``start``."""

    due_on: date
    start: date
    periods: tuple[Period, ...]


def report_due(cause_known_on: date, *, quick: bool, remedied_on: date | None = None) -> ReportDue:
    """When the report is due (X16).

    A remedy that can be ``quick`` is awaited, a week at most; then, or else when the cause is known, at once.
    """
    at_once = period(Duty.AT_ONCE, cause_known_on)
    if not quick:
        return ReportDue(at_once.due(cause_known_on), cause_known_on, (at_once,))
    remedy = period(Duty.REMEDY, cause_known_on)
    awaited = remedy.due(cause_known_on)
    if remedied_on is not None and remedied_on <= awaited:
        return ReportDue(at_once.due(remedied_on), remedied_on, (at_once,))
    return ReportDue(at_once.due(awaited), cause_known_on, (remedy, at_once))
