"""Days of letters and incidents: counting them, and what a period says of a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_IN_WORDS = re.compile(r"([12]\d{3})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")


def days_between(first: date, last: date) -> int:
    """Days after ``first`` until ``last``; the first day is not counted. 民法 第140条."""
    return (last - first).days


@dataclass(frozen=True)
class AnswerTime:
    """How long an answer took. ``days`` is None while there is none; ``over`` is None where no day was asked for."""

    days: int | None
    over: int | None
    waiting: int | None


def answer_time(sent: date, *, asked: date | None, answered: date | None, today: date) -> AnswerTime:
    """Days from sending to the answer and beyond the day asked for; ``waiting`` counts while there is no answer."""
    end = answered or today
    over = max(0, days_between(asked, end)) if asked is not None else None
    if answered is None:
        return AnswerTime(None, over, days_between(sent, today))
    return AnswerTime(days_between(sent, answered), over, None)


def period_start(period: str) -> date:
    """The first day that ``2016``, ``2016-01``, ``2016-01-05`` or ``2015-10/2016-01`` can mean; else ValueError."""
    parts = [int(part) for part in period.partition("/")[0].split("-")]
    year, month, day = (*parts, 1, 1)[:3]
    return date(year, month, day)


def first_day_in(text: str) -> date | None:
    """The first day that a Japanese text names in the western calendar, as early as it can mean; None without one."""
    found = _IN_WORDS.search(text)
    if found is None:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
