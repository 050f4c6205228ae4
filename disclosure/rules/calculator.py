"""Any period of the law for days that somebody asks about: strict about what does not belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from disclosure.rules.clocks import CLOCKS, CONDITIONS, Clock, clock, first_law_day
from disclosure.rules.deadlines import Due, Step, compute
from disclosure.rules.periods import Pause
from portal.core.calendar import OutsideCalendar, covers
from portal.core.errors import N_, Invalid

MOST_DAYS = 999


@dataclass(frozen=True)
class Question:
    """What is asked: a clock, the day that begins it, and what happened meanwhile.

    ``corrections`` are days of sending and of arrival, None while the answer is awaited; the other values are those of
    :func:`disclosure.rules.deadlines.compute`, 0 or None when there is nothing of the kind.
    """

    code: str
    start_on: date
    corrections: tuple[tuple[date, date | None], ...] = ()
    extended_days: int = 0
    until: date | None = None
    transit_days: int = 0
    ordinance_days: int = 0


def codes() -> tuple[str, ...]:
    """The codes of all clocks, in the order of the data."""
    return tuple(dict.fromkeys(row.code for row in CLOCKS))


def row_for(code: str, day: date) -> Clock:
    """The clock in force on ``day``, or its oldest row when the day lies before. Invalid for an unknown code."""
    for condition in CONDITIONS:
        if condition.code == code:
            raise Invalid(
                N_("%(code)s is no period: it says when one may be extended. Ask for %(clock)s."),
                code=code,
                clock=condition.clock,
                field="clock",
            )
    if code not in codes():
        raise Invalid(
            N_("There is no clock %(code)s. Choose one of %(codes)s."),
            code=code[:20],
            codes=", ".join(codes()),
            field="clock",
        )
    return clock(code, max(day, first_law_day(code)))


def answer(question: Question, *, today: date) -> Due:
    """The day and its steps; a correction that is still open counts as of ``today``.

    Raises Invalid with the argument as ``field``, OutsideCalendar for a day that the table of holidays does not hold.
    """
    row = row_for(question.code, question.start_on)
    _check_days(question)
    if (question.extended_days or question.until) and not (row.extension_of or row.notice_by):
        longer = next((other.code for other in CLOCKS if other.extension_of == row.code), "")
        if longer:
            said = N_("%(code)s is the period without extension. For the extended one ask for %(clock)s.")
            raise Invalid(said, code=row.code, clock=longer, field="extended")
    if question.corrections and not row.pauses:
        raise Invalid(N_("This period does not stop for corrections."), field="correction")
    law_day = max(question.start_on, first_law_day(question.code))
    due = compute(
        question.code,
        question.start_on,
        law_day=law_day,
        pauses=_pauses(question.corrections),
        extended_days=question.extended_days,
        until=question.until,
        transit_days=question.transit_days,
        ordinance_days=question.ordinance_days,
        as_of=today,
    )
    if law_day == question.start_on:
        return due
    oldest = Step(N_("We know no older rule than that of %(day)s and count by it."), {"day": law_day}, day=law_day)
    return replace(due, steps=(oldest, *due.steps))


def _pauses(corrections: Sequence[tuple[date, date | None]]) -> list[Pause]:
    if any(arrived is not None and arrived < sent for sent, arrived in corrections):
        raise Invalid(N_("A correction cannot arrive before it was asked for."), field="correction")
    return [Pause(sent, arrived) for sent, arrived in corrections]


def _check_days(question: Question) -> None:
    """Only days that the table of holidays holds, and numbers that a person could mean."""
    days = [question.start_on, question.until, *(day for pair in question.corrections for day in pair)]
    for day in days:
        if day is not None and not covers(day):
            raise OutsideCalendar(day=day.isoformat())
    numbers = {
        "extended": question.extended_days,
        "transit": question.transit_days,
        "ordinance": question.ordinance_days,
    }
    for field, number in numbers.items():
        if not 0 <= number <= MOST_DAYS:
            raise Invalid(N_("Give a number of days from 1 to %(days)s."), days=MOST_DAYS, field=field)
