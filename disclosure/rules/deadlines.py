"""When something is due, and how the day was computed, step by step.

Every result explains itself: each step has an English message id with parameters, the article it rests on and,
where there is one, the day it leads to. Pages translate; nothing here knows a language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from disclosure.rules.clocks import CLOCKS, Clock, FirstDay, Unit, clock
from disclosure.rules.periods import ONE, Pause, last_day, last_day_of_months
from disclosure.rules.statutes import cite
from portal.core.calendar import is_business_day, roll_back, roll_forward
from portal.core.errors import N_, Invalid

__all__ = ["CLOCKS", "Clock", "Due", "FirstDay", "Step", "Unit", "clock", "compute"]

PASSED = N_(
    "When this day passes without a decision, nothing counts as decided. You can then appeal against the inaction."
)
SUIT = N_("You can also bring a suit to have the inaction declared unlawful.")


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
    ``notice_on`` is the last day of a written notice, ``rest_on`` the day that it names for the rest, ``opens_on``
    the day from which something becomes possible; ``afterwards`` says what holds once the day has passed.
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
    notice_on: date | None = None
    rest_on: date | None = None
    opens_on: date | None = None
    afterwards: tuple[Step, ...] = ()

    @property
    def binding_on(self) -> date:
        """The day that counts: rolled forward for the requester, never for the organisation."""
        return self.due_on if self.duty else self.rolled_on


@dataclass(frozen=True)
class _Count:
    """The clock that is counted and the law that it is counted by."""

    row: Clock
    start_on: date
    law_day: date

    def article(self, key: str) -> str:
        return cite(key, self.law_day).text


def compute(
    code: str,
    start_on: date,
    *,
    law_day: date,
    pauses: Sequence[Pause] = (),
    extended_days: int = 0,
    until: date | None = None,
    transit_days: int = 0,
    ordinance_days: int = 0,
    as_of: date | None = None,
) -> Due:
    """The day on which clock ``code`` ends.

    ``start_on`` is the day of the event (arrival, notice, knowledge). ``pauses`` are corrections; an open one needs
    ``as_of``. ``extended_days`` are those of an extension, at most the clock's amount where it has one; ``until`` is
    instead the day that the notice names (for D3: the day for the rest). ``transit_days`` are days in the mail of an
    appeal, ``ordinance_days`` the period of an ordinance. Raises Invalid for what makes no sense, with the argument
    as ``field``; KeyError for an unknown clock.
    """
    count = _Count(clock(code, law_day), start_on, law_day)
    row = count.row
    if (extended_days or until) and not (row.extension_of or (until and row.notice_by)):
        raise Invalid(N_("This period cannot be extended."), field="extended")
    if extended_days and until:
        raise Invalid(N_("Give the days of the extension or its last day, not both."), field="extended")
    if transit_days and not row.transit:
        raise Invalid(N_("In this period the days in the mail are counted."), field="transit")
    if ordinance_days and not row.shortens:
        raise Invalid(N_("An ordinance cannot change this period."), field="ordinance")
    if row.unit is Unit.MONTHS:
        return _months(count, transit_days)
    return _days(count, _used(count, pauses, as_of), as_of or start_on, extended_days, until, ordinance_days)


def _used(count: _Count, pauses: Sequence[Pause], as_of: date | None) -> tuple[Pause, ...]:
    used = tuple(pauses) if count.row.pauses else ()
    if as_of is None and any(pause.arrived_on is None for pause in used):
        raise Invalid(N_("A correction is still open: say as of which day to count."), field="correction")
    if any(pause.sent_on < count.start_on for pause in used):
        raise Invalid(N_("A correction cannot be asked for before the request arrived."), field="correction")
    return used


def _days(
    count: _Count, pauses: tuple[Pause, ...], as_of: date, extended_days: int, until: date | None, ordinance_days: int
) -> Due:
    row = count.row
    basis = clock(row.extension_of, count.law_day) if row.extension_of else row
    length = _ordinance(basis, ordinance_days, count.law_day) if ordinance_days else basis.amount
    included = basis.first_day is FirstDay.INCLUDED
    excluded = {day for pause in pauses for day in pause.days(as_of=as_of)}

    def end(days: int) -> date:
        return last_day(count.start_on, days, first_day_counts=included, excluded=excluded)

    extra = 0
    if row.extension_of and until is None:
        extra = extended_days or row.amount
        _check_extension(row, extra)
    due_on = end(length + extra)
    if until is not None and until <= due_on:
        raise Invalid(N_("The day of the notice must come after %(day)s."), field="until", day=due_on)
    if until is not None and row.extension_of:
        if row.amount and until > end(length + row.amount):
            raise Invalid(N_("The extension is at most %(days)s days."), field="until", days=row.amount)
        due_on = until
    steps = _start(count, basis)
    steps.append(Step(N_("The period is %(days)s days."), {"days": length}, count.article(basis.citation)))
    if extra:
        steps.append(Step(N_("It is extended by %(days)s days."), {"days": extra}, count.article(row.citation)))
    if until is not None and row.extension_of:
        said = N_("It is extended: the notice names %(day)s as the last day.")
        steps.append(Step(said, {"day": until}, count.article(row.citation), until))
    steps += _pause_steps(count, pauses, as_of, due_on)
    due = _finish(count, due_on, steps)
    left_out = sum(1 for day in excluded if day <= due_on)
    due = replace(due, excluded_days=left_out, paused=any(pause.arrived_on is None for pause in pauses))
    return _notice(count, due, pauses, as_of, until) if row.notice_by else due


def _ordinance(basis: Clock, days: int, law_day: date) -> int:
    most = clock(basis.shortens, law_day).amount
    if not 1 <= days <= most:
        raise Invalid(N_("An ordinance gives from 1 to %(days)s days, never more."), field="ordinance", days=most)
    return days


def _check_extension(row: Clock, days: int) -> None:
    if row.needs_a_day and not days:
        raise Invalid(N_("Say by how many days it is extended, or until which day."), field="extended")
    if days < 0:
        raise Invalid(N_("An extension has at least 1 day."), field="extended")
    if not row.needs_a_day and days > row.amount:
        raise Invalid(N_("The extension is at most %(days)s days."), field="extended", days=row.amount)


def _start(count: _Count, basis: Clock) -> list[Step]:
    said = N_("It arrived on %(day)s.") if count.row.duty else N_("The period runs from %(day)s.")
    first = Step(said, {"day": count.start_on}, day=count.start_on)
    if basis.first_day is FirstDay.INCLUDED:
        article = count.article(basis.citation)
        return [first, Step(N_("This day counts: it is the first day."), {}, article, count.start_on)]
    begins = count.start_on + ONE
    said = N_("The first day is not counted: counting starts on %(day)s.")
    return [first, Step(said, {"day": begins}, count.article("first-day-excluded"), begins)]


def _pause_steps(count: _Count, pauses: tuple[Pause, ...], as_of: date, due_on: date) -> list[Step]:
    steps: list[Step] = []
    article = count.article(count.row.pause_citation) if pauses else ""
    listed, together = 0, set[date]()
    for pause in pauses:
        first, last = pause.sent_on + ONE, pause.arrived_on or as_of
        if first > due_on:
            steps.append(
                Step(N_("The correction asked for on %(day)s came too late to count."), {"day": pause.sent_on})
            )
        elif pause.arrived_on is None:
            said = N_("The clock has stood still since %(first)s, until your correction arrives.")
            steps.append(Step(said, {"first": first}, article, first))
        elif last >= first:
            days = pause.days(as_of=as_of)
            listed, together = listed + len(days), together | days
            said = N_("The %(days)s days of a correction, from %(first)s to %(last)s, are not counted.")
            steps.append(Step(said, {"days": len(days), "first": first, "last": last}, article, last))
    if listed > len(together):
        said = N_("Days that lie in two corrections are left out once: %(days)s days in all.")
        steps.append(Step(said, {"days": len(together)}, article))
    return steps


def _notice(count: _Count, due: Due, pauses: tuple[Pause, ...], as_of: date, until: date | None) -> Due:
    """With the day by which the requester must be told, and the day that the notice names for the rest (第84条)."""
    row = count.row
    within = compute(row.notice_by, count.start_on, law_day=count.law_day, pauses=pauses, as_of=as_of)
    article = count.article(row.citation if row.extension_of else "special-notice")
    said = N_("The requester must be told of it in writing, with the reason and the new day, by %(day)s.")
    steps = [*due.steps, Step(said, {"day": within.due_on}, article, within.due_on)]
    rest_on = None if row.extension_of else until
    if rest_on is not None:
        steps.append(
            Step(N_("The rest is decided by %(day)s, as the notice says."), {"day": rest_on}, article, rest_on)
        )
    return replace(due, steps=tuple(steps), notice_on=within.due_on, rest_on=rest_on)


def _months(count: _Count, transit_days: int) -> Due:
    row = count.row
    steps = [
        *_start(count, row),
        Step(
            N_("The period is %(months)s months by the calendar."), {"months": row.amount}, count.article(row.citation)
        ),
        Step(
            N_("It ends the day before the same day of the last month, or with that month if it has no such day."),
            {},
            count.article("calendar-months"),
        ),
    ]
    due = _finish(count, last_day_of_months(count.start_on, row.amount), steps)
    if not transit_days:
        return due
    if transit_days < 0:
        raise Invalid(N_("Days in the mail are 1 or more."), field="transit")
    more = timedelta(days=transit_days)
    due_on, rolled_on = due.due_on + more, roll_forward(due.rolled_on + more)
    said = N_("The %(days)s days in the mail are not counted: posted in time, it may arrive until %(day)s.")
    posted = Step(said, {"days": transit_days, "day": rolled_on}, count.article("appeal-post"), rolled_on)
    return replace(
        due, due_on=due_on, rolled_on=rolled_on, target_on=roll_back(due_on), steps=(*due.steps, posted),
        excluded_days=transit_days,
    )  # fmt: skip


def _finish(count: _Count, due_on: date, steps: list[Step]) -> Due:
    row, rolled_on, target_on = count.row, roll_forward(due_on), roll_back(due_on)
    steps.append(Step(N_("The last day is %(day)s."), {"day": due_on}, count.article("end-of-period"), due_on))
    if not is_business_day(due_on) and row.duty:
        said = N_("That day is a holiday. We do not use the time after it: our own goal is %(day)s.")
        steps.append(Step(said, {"day": target_on}, day=target_on))
    elif not is_business_day(due_on):
        said = N_("That day is a holiday, so the period ends on the next business day, %(day)s.")
        steps.append(Step(said, {"day": rolled_on}, count.article("holiday-rolls"), rolled_on))
    opens_on = None
    if row.waits:
        opens_on = rolled_on + ONE
        steps.append(Step(N_("From %(day)s on it is possible."), {"day": opens_on}, day=opens_on))
    afterwards: tuple[Step, ...] = ()
    if row.inaction:
        afterwards = (
            Step(PASSED, {}, count.article("inaction-appeal")),
            Step(SUIT, {}, count.article("inaction-suit")),
        )
    return Due(
        row.code, count.start_on, due_on, rolled_on, target_on, 0, False, row.duty, tuple(steps),
        opens_on=opens_on, afterwards=afterwards,
    )  # fmt: skip
