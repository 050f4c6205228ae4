"""What a reader can ask of the list of incidents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Sort(StrEnum):
    """The order of a list. ``day``: by the first day known, the latest first; ``said``: by the day last spoken of."""

    DAY = "day"
    OLDEST = "oldest"
    SEVERITY = "severity"
    SAID = "said"


@dataclass(frozen=True)
class Filters:
    """None (or False for ``wide``): anything.

    ``first`` and ``last`` bound the day by which incidents are listed (both ends included). ``area``: JP, a prefecture
    with all in it, or a municipality; ``wide``: also what was stated for a wider area that contains it. ``exercise``:
    only drills, or none.
    """

    system: str | None = None
    first: date | None = None
    last: date | None = None
    cause: str | None = None
    cause_status: str | None = None
    severity: int | None = None
    area: str | None = None
    wide: bool = False
    state: str | None = None
    kind: str | None = None
    exercise: bool | None = None

    @property
    def any(self) -> bool:
        """Whether anything is asked; ``wide`` alone asks nothing."""
        return replace(self, wide=False) != NOTHING

    def without(self, *names: str) -> Filters:
        """The same with anything for these."""
        return Filters(**{name: value for name, value in vars(self).items() if name not in names})

    @classmethod
    def of_year(cls, year: int) -> Filters:
        """One calendar year."""
        return cls(first=date(year, 1, 1), last=date(year, 12, 31))


NOTHING = Filters()
