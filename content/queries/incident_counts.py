"""What other rooms count of an incident: numbers alone, and no number that is so small that somebody is known by it.

The rooms above this one add what they count (:func:`counts_of_incidents`); whoever changes what is told here says so
as a change of what is public.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Counted:
    """``label`` and ``note``: message ids. ``least``: the smallest number that is told."""

    label: str
    note: str
    number: int
    least: int

    @property
    def told(self) -> int | None:
        """The number; None where it is too small to be told."""
        return None if 0 < self.number < self.least else self.number


Counter = Callable[[Session, str, date], Iterable[Counted]]
_counters: list[Counter] = []


def counts_of_incidents(counter: Counter) -> Counter:
    """Have ``counter`` asked for each incident: a session, the incident's key, the day."""
    if counter not in _counters:
        _counters.append(counter)
    return counter


def counts(session: Session, key: str, day: date) -> list[Counted]:
    """What is counted of an incident, without what there is none of."""
    return [one for counter in _counters for one in counter(session, key, day) if one.number]
