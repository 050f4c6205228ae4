"""How long things took over many incidents: classes with counts, and medians.

A time of which an end is known only by its day is counted in whole days and kept apart from those known to the minute.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from statistics import median

from content.rules.yardsticks import Took


class Span(StrEnum):
    """Classes of length. ``same-day`` is for times known only by day; it may be minutes or hours."""

    MINUTES_30 = "30-minutes"
    HOUR = "1-hour"
    HOURS_6 = "6-hours"
    DAY = "24-hours"
    SAME_DAY = "same-day"
    DAYS_3 = "3-days"
    DAYS_7 = "7-days"
    DAYS_30 = "30-days"
    DAYS_90 = "90-days"
    LONGER = "longer"


_HOURS = {Span.MINUTES_30: 0.5, Span.HOUR: 1, Span.HOURS_6: 6, Span.DAY: 24}
_DAYS = {Span.DAYS_3: 3, Span.DAYS_7: 7, Span.DAYS_30: 30, Span.DAYS_90: 90}


@dataclass(frozen=True)
class Spread:
    """``exact`` and ``by_day`` count by class; ``not_told`` is how many incidents do not tell both ends."""

    exact: dict[Span, int]
    by_day: dict[Span, int]
    median_exact: timedelta | None
    median_days: float | None
    not_told: int

    @property
    def told(self) -> int:
        return sum(self.exact.values()) + sum(self.by_day.values())


def span(took: Took) -> Span:
    """The class of a length; its upper end belongs to it."""
    if took.exact:
        hours = took.length / timedelta(hours=1)
        for one, most in _HOURS.items():
            if hours <= most:
                return one
    elif not took.length:
        return Span.SAME_DAY
    days = took.length / timedelta(days=1)
    return next((one for one, most in _DAYS.items() if days <= most), Span.LONGER)


def spread(lengths: Iterable[Took | None]) -> Spread:
    """The distribution of lengths; None: not told."""
    exact, by_day = dict.fromkeys(Span, 0), dict.fromkeys(Span, 0)
    minutes: list[float] = []
    days: list[int] = []
    silent = 0
    for took in lengths:
        if took is None:
            silent += 1
        elif took.exact:
            exact[span(took)] += 1
            minutes.append(took.length / timedelta(minutes=1))
        else:
            by_day[span(took)] += 1
            days.append(took.length.days)
    return Spread(
        exact,
        by_day,
        timedelta(minutes=median(minutes)) if minutes else None,
        median(days) if days else None,
        silent,
    )
