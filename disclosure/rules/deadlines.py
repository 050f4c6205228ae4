"""When something is due, and how the day was computed, step by step.

Every result explains itself: each step has an English message id with parameters, the article it rests on and,
where there is one, the day it leads to. Pages translate; nothing here knows a language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disclosure.rules.periods import ONE, Pause, last_day, last_day_of_months
from disclosure.rules.statutes import cite
from disclosure.rules.tables import TableError, in_force, read
from portal.core.calendar import is_business_day, roll_back, roll_forward
from portal.core.errors import N_, Invalid


class Unit(StrEnum):
    DAYS = "days"
    MONTHS = "months"


class FirstDay(StrEnum):
    EXCLUDED = "excluded"
    INCLUDED = "included"


@dataclass(frozen=True)
class Clock:
    """One period of the law: its length, how it is counted, whose it is, and where it stands."""

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
    extension_of: str = ""
    note_en: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a computation. ``params`` are days and numbers for ``message``; ``article`` is Japanese, or empty."""

    message: str
    params: dict[str, date | int]
    article: str = ""
    day: date | None = None

    def values(self, show: Callable[[date], str]) -> dict[str, str]:
        """The parameters as text, days shown by ``show``."""
        return {key: show(value) if isinstance(value, date) else str(value) for key, value in self.params.items()}


@dataclass(frozen=True)
class Due:
    """A computed day.

    ``due_on`` is the raw last day, ``rolled_on`` the next business day on or after it, ``target_on`` the last
    business day on or before it. An organisation's duty ends on ``due_on``; a requester's period on ``rolled_on``.
    ``paused`` is true while an unanswered correction holds the clock; the days are then those as of today.
    """

    code: str
    start_on: date
    due_on: date
    rolled_on: date
    target_on: date
    excluded_days: int
    paused: bool
    duty: bool
    steps: tuple[Step, ...]

    @property
    def binding_on(self) -> date:
        """The day that counts: rolled forward for the requester, never for the organisation."""
        return self.due_on if self.duty else self.rolled_on


CLOCKS = read("clocks.toml", "clock", Clock)

for _clock in CLOCKS:
    if _clock.amount < 1 or (_clock.unit is Unit.MONTHS and (_clock.pauses or _clock.first_day is FirstDay.INCLUDED)):
        raise TableError(f"clocks.toml: {_clock.code} cannot be counted like this.")
    cite(_clock.citation, _clock.effective_from)


def clock(code: str, day: date) -> Clock:
    """The clock as the law of ``day`` has it; KeyError for an unknown code."""
    found = in_force((row for row in CLOCKS if row.code == code), day)
    if found is None:
        raise KeyError(f"No clock {code} on {day}")
    return found


def compute(
    code: str,
    start_on: date,
    *,
    law_day: date,
    pauses: Sequence[Pause] = (),
    extended_days: int = 0,
    as_of: date | None = None,
) -> Due:
    """The day on which clock ``code`` ends.

    ``start_on`` is the day of the event (arrival, notice, knowledge). ``pauses`` are corrections; an open one needs
    ``as_of``. ``extended_days`` (D2) are at most the clock's amount. Raises Invalid for days that make no sense.
    """
    row = clock(code, law_day)
    if row.unit is Unit.MONTHS:
        return _finish(
            row, start_on, last_day_of_months(start_on, row.amount), law_day, _month_steps(row, start_on, law_day)
        )
    used = tuple(pauses) if row.pauses else ()
    opened = any(pause.arrived_on is None for pause in used)
    if opened and as_of is None:
        raise Invalid(N_("A correction is still open: say as of which day to count."))
    if any(pause.sent_on < start_on for pause in used):
        raise Invalid(N_("A correction cannot be asked for before the request arrived."))
    basis = clock(row.extension_of, law_day) if row.extension_of else row
    if extended_days and not row.extension_of:
        raise Invalid(N_("This period cannot be extended."))
    extra = (extended_days or row.amount) if row.extension_of else 0
    if not 0 <= extra <= row.amount:
        raise Invalid(N_("The extension is at most %(days)s days."), days=row.amount)
    included = basis.first_day is FirstDay.INCLUDED
    excluded = {day for pause in used for day in pause.days(as_of=as_of or start_on)}
    due_on = last_day(start_on, basis.amount + extra, first_day_counts=included, excluded=excluded)
    left_out = sum(1 for day in excluded if day <= due_on)
    steps = [
        Step(N_("It arrived on %(day)s."), {"day": start_on}, day=start_on)
        if row.duty
        else Step(N_("The period runs from %(day)s."), {"day": start_on}, day=start_on)
    ]
    if included:
        steps.append(Step(N_("This day counts: it is the first day."), {}, cite(row.citation, law_day).text, start_on))
    else:
        steps.append(
            Step(
                N_("The first day is not counted: counting starts on %(day)s."),
                {"day": start_on + ONE},
                cite("first-day-excluded", law_day).text,
                start_on + ONE,
            )
        )
    steps.append(Step(N_("The period is %(days)s days."), {"days": basis.amount}, cite(basis.citation, law_day).text))
    if extra:
        steps.append(Step(N_("It is extended by %(days)s days."), {"days": extra}, cite(row.citation, law_day).text))
    for pause in used:
        first, last = pause.sent_on + ONE, pause.arrived_on or as_of or start_on
        if pause.arrived_on is None:
            steps.append(
                Step(
                    N_("The clock has stood still since %(first)s, until your correction arrives."),
                    {"first": first},
                    cite("decision-period-proviso", law_day).text,
                    first,
                )
            )
        elif pause.arrived_on > pause.sent_on:
            steps.append(
                Step(
                    N_("The %(days)s days of a correction, from %(first)s to %(last)s, are not counted."),
                    {"days": (last - pause.sent_on).days, "first": first, "last": last},
                    cite("decision-period-proviso", law_day).text,
                    last,
                )
            )
    return _finish(row, start_on, due_on, law_day, steps, excluded_days=left_out, paused=opened)


def _month_steps(row: Clock, start_on: date, law_day: date) -> list[Step]:
    return [
        Step(N_("The period runs from %(day)s."), {"day": start_on}, day=start_on),
        Step(
            N_("The first day is not counted: counting starts on %(day)s."),
            {"day": start_on + ONE},
            cite("first-day-excluded", law_day).text,
            start_on + ONE,
        ),
        Step(
            N_("The period is %(months)s months by the calendar."),
            {"months": row.amount},
            cite(row.citation, law_day).text,
        ),
        Step(
            N_("It ends the day before the same day of the last month, or with that month if it has no such day."),
            {},
            cite("calendar-months", law_day).text,
        ),
    ]


def _finish(
    row: Clock,
    start_on: date,
    due_on: date,
    law_day: date,
    steps: list[Step],
    *,
    excluded_days: int = 0,
    paused: bool = False,
) -> Due:
    rolled_on, target_on = roll_forward(due_on), roll_back(due_on)
    steps.append(Step(N_("The last day is %(day)s."), {"day": due_on}, cite("end-of-period", law_day).text, due_on))
    if not is_business_day(due_on):
        if row.duty:
            steps.append(
                Step(
                    N_("That day is a holiday. We do not use the time after it: our own goal is %(day)s."),
                    {"day": target_on},
                    day=target_on,
                )
            )
        else:
            steps.append(
                Step(
                    N_("That day is a holiday, so the period ends on the next business day, %(day)s."),
                    {"day": rolled_on},
                    cite("holiday-rolls", law_day).text,
                    rolled_on,
                )
            )
    return Due(row.code, start_on, due_on, rolled_on, target_on, excluded_days, paused, row.duty, tuple(steps))
