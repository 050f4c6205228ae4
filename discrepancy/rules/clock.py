"""The days of a case: when the report is due, when the provider must have said something. Each says its rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from portal.core import periods as tables


class Duty(StrEnum):
    REMEDY = "remedy"
    AT_ONCE = "at-once"
    REMINDER = "reminder"
    FIRST_ANSWER = "first-answer"


@dataclass(frozen=True, kw_only=True)
class Period(tables.Period):
    """A period of a case: of one of the room's own duties."""

    key: Duty


@cache
def periods() -> tuple[Period, ...]:
    """All rows; TableError where one cannot be."""
    return tables.read("discrepancy", "report_clock.toml", Period, Duty)


def period(duty: Duty, day: date) -> Period:
    """The period in force on a day; before the first row, the first."""
    return tables.of_day(periods(), duty, day)


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
