"""Counting days and months as the Civil Code does (民法 第138条から第143条まで)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ONE = timedelta(days=1)


@dataclass(frozen=True)
class Pause:
    """Days that are not counted: from the day after a request for correction was sent to the day its answer arrived.

    ``arrived_on`` is None while the answer is awaited. Raises ValueError when it arrived before it was sent.
    """

    sent_on: date
    arrived_on: date | None = None

    def __post_init__(self) -> None:
        if self.arrived_on is not None and self.arrived_on < self.sent_on:
            raise ValueError("A correction cannot arrive before it was asked for.")

    def days(self, *, as_of: date) -> set[date]:
        """The days left out; an open pause reaches to ``as_of``."""
        last = self.arrived_on or as_of
        return {self.sent_on + ONE * n for n in range(1, (last - self.sent_on).days + 1)}


def last_day(start: date, days: int, *, first_day_counts: bool, excluded: Iterable[date] = ()) -> date:
    """The ``days``-th counted day from ``start``; excluded days do not count, so overlapping pauses count once."""
    left_out = frozenset(excluded)
    day = start if first_day_counts else start + ONE
    counted = 0
    while True:
        counted += day not in left_out
        if counted == days:
            return day
        day += ONE


def last_day_of_months(start: date, months: int) -> date:
    """The end of a period of calendar months whose first day is the day after ``start``.

    It ends the day before the corresponding day of the last month, or with that month when it has no such day
    (民法 第143条第2項).
    """
    first = start + ONE
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    month += 1
    length = monthrange(year, month)[1]
    if first.day > length:
        return date(year, month, length)
    return date(year, month, first.day) - ONE
