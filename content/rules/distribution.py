"""How long things took over many incidents: classes with counts, and medians.

A time of which an end is known only by its day is counted in whole days and kept apart from those known to the minute.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

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


@dataclass(frozen=True)
class Lengths:
    """The lengths of one kind over many incidents: known to the minute, known by day, each in order.

    Never changed once made; ``changed`` gives others.
    """

    exact: tuple[timedelta, ...] = ()
    by_day: tuple[timedelta, ...] = ()
    not_told: int = 0

    @classmethod
    def of(cls, lengths: Iterable[Took | None]) -> Lengths:
        """These; None: not told."""
        known = list(lengths)
        told = [one for one in known if one is not None]
        return cls(
            tuple(sorted(one.length for one in told if one.exact)),
            tuple(sorted(one.length for one in told if not one.exact)),
            len(known) - len(told),
        )

    def changed(self, gone: Iterable[Took | None], come: Iterable[Took | None]) -> Lengths:
        """Without some of these and with others."""
        exact, by_day, not_told = list(self.exact), list(self.by_day), self.not_told
        for one in gone:
            if one is None:
                not_told -= 1
            else:
                held = exact if one.exact else by_day
                del held[bisect.bisect_left(held, one.length)]
        for one in come:
            if one is None:
                not_told += 1
            else:
                bisect.insort(exact if one.exact else by_day, one.length)
        return Lengths(tuple(exact), tuple(by_day), not_told)

    def spread(self) -> Spread:
        """Their distribution."""
        middle = _middle(self.by_day)
        return Spread(
            _by_span(self.exact, exact=True),
            _by_span(self.by_day, exact=False),
            _middle(self.exact),
            None if middle is None else middle / timedelta(days=1),
            self.not_told,
        )


def _by_span(lengths: Sequence[timedelta], *, exact: bool) -> dict[Span, int]:
    """How many of each class; the classes follow one another as the lengths do."""
    ranks = {one: rank for rank, one in enumerate(Span)}
    counts, start = {}, 0
    for one, rank in ranks.items():
        end = bisect.bisect_right(lengths, rank, key=lambda length: ranks[span(Took(length, exact))])
        counts[one], start = end - start, end
    return counts


def _middle(lengths: Sequence[timedelta]) -> timedelta | None:
    """The median."""
    count = len(lengths)
    return (lengths[(count - 1) // 2] + lengths[count // 2]) / 2 if count else None
