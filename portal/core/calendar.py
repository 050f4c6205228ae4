"""Japan's time zone and the business days of its public offices, from a table and never from a forecast.

Closed are Saturdays, Sundays, the holidays of the 国民の祝日に関する法律 and 29 December to 3 January
(行政機関の休日に関する法律 1(1)).
"""

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from portal.core.errors import N_, KaijiError

JAPAN = ZoneInfo("Asia/Tokyo")
_ONE = timedelta(days=1)
YEAR_END = "年末年始"
TABLE = "portal/core/data/holidays.toml"
# Periods of a year (appeals, suits) that begin today must end within the table, with a month for its extension.
AHEAD_DAYS = 400


class OutsideCalendar(KaijiError):
    """The table of holidays does not reach to this day; it must be extended before anything is computed."""

    status = 500
    default = N_("The calendar of holidays does not reach to %(day)s.")


@cache
def _table() -> dict[date, str]:
    text = (files("portal.core") / "data" / "holidays.toml").read_text(encoding="utf-8")
    return {
        date.fromisoformat(f"{year}-{day}"): name
        for year, days in tomllib.loads(text).items()
        for day, name in days.items()
    }


def first_day() -> date:
    """The first day that the table covers."""
    return date(min(_table()).year, 1, 1)


def last_day() -> date:
    """The last day that the table covers."""
    return date(max(_table()).year, 12, 31)


def covers(day: date) -> bool:
    """Whether the table of holidays reaches to this day."""
    return first_day() <= day <= last_day()


def _covered(day: date) -> date:
    if not covers(day):
        raise OutsideCalendar(day=day.isoformat())
    return day


def holiday_name(day: date) -> str | None:
    """The Japanese name of a holiday, `年末年始` from 29 December to 3 January, or None. OutsideCalendar."""
    if name := _table().get(_covered(day)):
        return name
    return YEAR_END if (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3) else None


def is_business_day(day: date) -> bool:
    """Whether public offices are open. OutsideCalendar."""
    return holiday_name(day) is None and day.weekday() < 5


def roll_forward(day: date) -> date:
    """The day itself, or the first business day after it (民法 142). OutsideCalendar."""
    while not is_business_day(day):
        day += _ONE
    return day


def roll_back(day: date) -> date:
    """The day itself, or the last business day before it. OutsideCalendar."""
    while not is_business_day(day):
        day -= _ONE
    return day


def add_business_days(day: date, n: int) -> date:
    """The n-th business day after `day`, before it when n is negative; n = 0 rolls forward. OutsideCalendar."""
    step = _ONE if n >= 0 else -_ONE
    for _ in range(abs(n)):
        day += step
        while not is_business_day(day):
            day += step
    return day if n else roll_forward(day)
