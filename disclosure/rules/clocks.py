"""The periods of the law as rows of data (``data/clocks.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disclosure.rules.statutes import cite
from disclosure.rules.tables import read
from portal.core.law_tables import TableError, in_force


class Unit(StrEnum):
    DAYS = "days"
    MONTHS = "months"


class FirstDay(StrEnum):
    EXCLUDED = "excluded"
    INCLUDED = "included"


@dataclass(frozen=True)
class Clock:
    """One period of the law: its length, how it is counted, whose it is, and where it stands.

    ``starts_ja``/``starts_en`` say which day begins it. ``amount`` of an extension is the most that the law allows,
    0 when it sets no limit. ``notice_by`` is the clock within which a written notice must be sent; ``waits`` marks a
    time to wait before something is possible; ``transit`` one that leaves out days in the mail; ``inaction`` one
    after which a missing decision can be contested; ``shortens`` one that an ordinance makes shorter than another.
    """

    code: str
    regimes: tuple[str, ...]
    label_ja: str
    label_en: str
    unit: Unit
    amount: int
    first_day: FirstDay
    pauses: bool
    duty: bool
    citation: str
    effective_from: date
    source: str
    starts_ja: str = ""
    starts_en: str = ""
    extension_of: str = ""
    pause_citation: str = ""
    notice_by: str = ""
    waits: bool = False
    transit: bool = False
    inaction: bool = False
    shortens: str = ""
    unconfirmed: tuple[str, ...] = ()
    note_en: str = ""

    @property
    def needs_a_day(self) -> bool:
        """Whether the law sets no length: the notice of the extension must name one."""
        return not self.amount


@dataclass(frozen=True)
class Condition:
    """A rule about periods that is none itself; ``clock`` is the code under which the day is found."""

    code: str
    label_ja: str
    label_en: str
    clock: str
    citation: str
    effective_from: date
    source: str


CLOCKS = read("clocks.toml", "clock", Clock)
CONDITIONS = read("clocks.toml", "condition", Condition)


def clock(code: str, day: date) -> Clock:
    """The clock as the law of ``day`` has it; KeyError for an unknown code."""
    found = in_force((row for row in CLOCKS if row.code == code), day)
    if found is None:
        raise KeyError(f"No clock {code} on {day}")
    return found


def first_law_day(code: str) -> date:
    """The day of the oldest row of a clock; KeyError for an unknown code."""
    days = [row.effective_from for row in CLOCKS if row.code == code]
    if not days:
        raise KeyError(f"No clock {code}")
    return min(days)


def _check(row: Clock) -> None:
    since, months = row.effective_from, row.unit is Unit.MONTHS
    cite(row.citation, since)
    if row.amount < (0 if row.extension_of else 1):
        raise TableError(f"clocks.toml: {row.code} has no length.")
    if months and (row.pauses or row.extension_of or row.first_day is FirstDay.INCLUDED):
        raise TableError(f"clocks.toml: {row.code} cannot be counted like this.")
    if row.transit and not months:
        raise TableError(f"clocks.toml: {row.code} cannot leave out days in the mail.")
    if row.pauses:
        cite(row.pause_citation, since)
    for other in (row.extension_of, row.notice_by, row.shortens):
        if other:
            clock(other, since)
    if row.shortens and row.amount > clock(row.shortens, since).amount:
        raise TableError(f"clocks.toml: {row.code} may not be longer than {row.shortens}.")


for _clock in CLOCKS:
    _check(_clock)
