"""The days of a question letter: acknowledged, answered, asked back. Each due day says by which rule it was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from portal.core import periods as tables


class Duty(StrEnum):
    """What has a day."""

    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"
    ASK_BACK = "ask-back"


@dataclass(frozen=True, kw_only=True)
class Period(tables.Period):
    """A period of a letter: of one of the room's own duties."""

    key: Duty


@cache
def periods() -> tuple[Period, ...]:
    """All rows; TableError where one cannot be."""
    return tables.read("content", "letter_clock.toml", Period, Duty)


def period(duty: Duty, day: date) -> Period:
    """The period for letters received on ``day``; before the first row, the first."""
    return tables.of_day(periods(), duty, day)


def overdue_days(due: date, *, done: date | None, today: date) -> int:
    """How many days after its day something was done, or is not done yet; 0 within it."""
    return max(0, ((done or today) - due).days)
