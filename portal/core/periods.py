"""Periods that rooms keep as tables: so many days, or business days, for each thing that has a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from portal.core import calendar, law_tables
from portal.core.law_tables import TableError


@dataclass(frozen=True, kw_only=True)
class Period:
    """So many days, or business days where ``business_days`` is not 0, counted from the day after.

    A room narrows ``key`` to its own duties. ``confirmed``: the organisation has said that it is its own rule.
    """

    key: StrEnum
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


P = TypeVar("P", bound=Period)


def read(room: str, file: str, kind: type[P], duties: Iterable[StrEnum]) -> tuple[P, ...]:
    """All rows of a room's file, each of the duties among them; TableError where one cannot be."""
    rows = law_tables.read(room, file, "period", kind)
    for row in rows:
        if (row.days > 0) == (row.business_days > 0):
            raise TableError(f"{file}, {row.key}: it needs either days or business_days.")
    for duty in duties:
        if not any(row.key is duty for row in rows):
            raise TableError(f"{file}: {duty} is missing.")
    return rows


def of_day(rows: Iterable[P], duty: StrEnum, day: date) -> P:
    """The period of a duty that is in force on a day; before the first row, the first."""
    held = [row for row in rows if row.key is duty]
    return law_tables.in_force(held, day) or min(held, key=lambda row: row.effective_from)
