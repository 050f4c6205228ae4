"""By what an incident's disclosure clock is measured: data with a first day and a source (``data/yardsticks.toml``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from content.rules.disclosure_clock import Moment, Times
from portal.core import law_tables
from portal.core.settings import SettingsError, law_folder

FILE = "yardsticks.toml"
UPDATES = "updates"
MOMENTS = ("occurred", "detected", "first-notice", "recovered", "cause", "final")


@dataclass(frozen=True, kw_only=True)
class Yardstick:
    """From the moment ``start`` to the moment ``end`` at most ``minutes`` may pass; where these are 0, ``days``."""

    key: str
    start: str
    end: str
    effective_from: date
    name_ja: str
    name_en: str
    source_ja: str
    source_en: str
    binding: bool = False
    minutes: int = 0
    days: int = 0

    @property
    def limit(self) -> timedelta:
        return timedelta(minutes=self.minutes) if self.minutes else timedelta(days=self.days)


class Verdict(StrEnum):
    """``unsure``: only a day is known where the minute would decide; ``waiting``: it has not come and is not late."""

    WITHIN = "within"
    OVER = "over"
    UNSURE = "unsure"
    WAITING = "waiting"
    NOT_TOLD = "not-told"


@dataclass(frozen=True, slots=True)
class Took:
    """A time that passed. ``exact`` False: whole days, because an end is known only by its day."""

    length: timedelta
    exact: bool


@dataclass(frozen=True)
class Measured:
    """A yardstick laid on a clock. ``took`` None: not told, or not yet come."""

    yardstick: Yardstick
    took: Took | None
    verdict: Verdict


def took(start: Moment | None, end: Moment | None) -> Took | None:
    """The time between two moments; None where one is not told, or the end stands before the start.

    Where both are not known to the minute, days are counted.
    """
    if start is None or end is None:
        return None
    exact = start.exact and end.exact
    length = end.at - start.at if exact else timedelta(days=(_day(end) - _day(start)).days)
    return Took(length, exact) if length >= timedelta(0) else None


def measure(times: Times, yardsticks: Sequence[Yardstick], *, today: date, over: bool) -> list[Measured]:
    """Every yardstick that was in force when the incident began. ``over``: no further bulletin is expected."""
    start = times.occurred or times.detected or times.first_notice
    day = _day(start) if start else today
    return [_measured(times, one, today, over) for one in in_force(yardsticks, day)]


def in_force(yardsticks: Sequence[Yardstick], day: date) -> list[Yardstick]:
    """The row of each key that held on ``day``; where none held yet, its first row, laid on afterwards."""
    found: dict[str, Yardstick] = {}
    for one in sorted(yardsticks, key=lambda row: row.effective_from):
        if one.key not in found or one.effective_from <= day:
            found[one.key] = one
    return [found[key] for key in dict.fromkeys(one.key for one in yardsticks)]


def _measured(times: Times, one: Yardstick, today: date, over: bool) -> Measured:
    if one.end == UPDATES:
        silence = times.longest_silence
        if silence is None:
            return Measured(one, None, Verdict.NOT_TOLD)
        return Measured(one, Took(silence, True), Verdict.WITHIN if silence <= one.limit else Verdict.OVER)
    start, end = _moment(times, one.start), _moment(times, one.end)
    if start is None and one.start == "detected":
        start = times.occurred
    passed = took(start, end)
    if passed is not None:
        return Measured(one, passed, _verdict(passed, one))
    if start is None or end is not None or over:
        return Measured(one, None, Verdict.NOT_TOLD)
    late = today > _day(start) + one.limit
    return Measured(one, None, Verdict.OVER if late else Verdict.WAITING)


def _verdict(passed: Took, one: Yardstick) -> Verdict:
    if passed.exact or not one.minutes:
        return Verdict.WITHIN if passed.length <= one.limit else Verdict.OVER
    # Whole days against minutes: two days apart is over for sure, the same or the next day may be within.
    return Verdict.OVER if passed.length - timedelta(days=1) >= one.limit else Verdict.UNSURE


def _moment(times: Times, name: str) -> Moment | None:
    found: Moment | None = getattr(times, name.replace("-", "_"))
    return found


def _day(moment: Moment) -> date:
    return moment.day


@cache
def shipped() -> tuple[Yardstick, ...]:
    """The rows in force here, with the organisation's own; SettingsError names the first fault."""
    return read(law_folder())


def read(folder: Path | None) -> tuple[Yardstick, ...]:
    """The shipped rows, changed and added to by ``yardsticks.toml`` of a folder."""
    rows = law_tables.read_with(folder, "content", FILE, "yardstick", Yardstick)
    for number, one in enumerate(rows, 1):
        if one.start not in MOMENTS or one.end not in (*MOMENTS, UPDATES):
            moments = ", ".join(MOMENTS)
            raise SettingsError(f"{FILE}, [[yardstick]] {number}: start and end must be of the clock ({moments}).")
        if not one.minutes and not one.days:
            raise SettingsError(f"{FILE}, [[yardstick]] {number}: it needs minutes or days.")
    return rows
