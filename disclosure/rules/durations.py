"""How long decisions took: the middle, what nine of ten did not exceed, the slowest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# How many decisions took how many days.
Days = Mapping[int, int]


@dataclass(frozen=True)
class Durations:
    """Days from receipt to the notice; ``ninth``: nine of ten decisions took no longer. None: not published."""

    median: float | None
    ninth: int | None = None
    slowest: int | None = None


def middle(days: Days) -> float:
    """The median: the number in the middle, or the mean of the two there. ValueError for no decision."""
    total = sum(days.values())
    return (_at(days, (total + 1) // 2) + _at(days, total // 2 + 1)) / 2


def ninth(days: Days) -> int:
    """The 90th percentile by nearest rank: the fewest days that nine of ten decisions did not exceed. ValueError."""
    return _at(days, -(-sum(days.values()) * 9 // 10))


def _at(days: Days, place: int) -> int:
    """The number of days at a place (from 1) in ascending order."""
    passed = 0
    for number in sorted(days):
        passed += days[number]
        if place and passed >= place:
            return number
    raise ValueError("There is no decision.")
