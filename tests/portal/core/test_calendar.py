from datetime import date, timedelta

import pytest

from portal.core import calendar
from portal.core.calendar import (
    OutsideCalendar,
    add_business_days,
    holiday_name,
    is_business_day,
    roll_back,
    roll_forward,
)


def _monday(year, month, nth):
    day = date(year, month, 1)
    day += timedelta(days=-day.weekday() % 7)
    return day + timedelta(weeks=nth - 1)


def _equinox(year, start):
    return int(start + 0.242194 * (year - 1980) - (year - 1980) // 4)


def _by_law(year):
    """Article 2 and the one-off laws, without articles 3(2) and 3(3)."""
    days = [date(year, m, d) for m, d in [(1, 1), (2, 11), (4, 29), (5, 3), (5, 4), (5, 5), (11, 3), (11, 23)]]
    days += [_monday(year, 1, 2), _monday(year, 9, 3)]
    days += [date(year, 3, _equinox(year, 20.8431)), date(year, 9, _equinox(year, 23.2488))]
    if year == 2020:
        days += [date(2020, 7, 23), date(2020, 7, 24), date(2020, 8, 10)]
    elif year == 2021:
        days += [date(2021, 7, 22), date(2021, 7, 23), date(2021, 8, 8)]
    else:
        days += [_monday(year, 7, 3), _monday(year, 10, 2)] + ([date(year, 8, 11)] if year >= 2016 else [])
    if year == 2019:
        days += [date(2019, 5, 1), date(2019, 10, 22)]
    else:
        days.append(date(year, 12, 23) if year < 2019 else date(year, 2, 23))
    return set(days)


@pytest.mark.parametrize("year", range(2015, 2029))
def test_the_table_says_what_the_law_says(year):
    holidays = _by_law(year)
    substitutes = set()
    for day in sorted(d for d in holidays if d.weekday() == 6):
        while day in holidays:
            day += timedelta(days=1)
        substitutes.add(day)
    between = {d + timedelta(days=1) for d in holidays if d + timedelta(days=2) in holidays} - holidays - substitutes
    table = {day: name for day, name in calendar._table().items() if day.year == year}
    assert set(table) == holidays | substitutes | between
    assert {d for d, name in table.items() if name == "振替休日"} == substitutes
    assert {d for d, name in table.items() if name == "国民の休日"} == between


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2015, 9, 22), "国民の休日"),
        (date(2016, 8, 11), "山の日"),
        (date(2019, 2, 23), None),
        (date(2019, 4, 30), "国民の休日"),
        (date(2019, 5, 1), "天皇の即位の日"),
        (date(2020, 7, 24), "スポーツの日"),
        (date(2020, 10, 12), None),
        (date(2021, 8, 9), "振替休日"),
        (date(2026, 5, 6), "振替休日"),
        (date(2026, 9, 22), "国民の休日"),
        (date(2027, 3, 22), "振替休日"),
        (date(2026, 12, 28), None),
        (date(2026, 12, 29), "年末年始"),
        (date(2027, 1, 1), "元日"),
        (date(2027, 1, 3), "年末年始"),
        (date(2027, 1, 4), None),
    ],
)
def test_holidays_have_names(day, name):
    assert holiday_name(day) == name


@pytest.mark.parametrize(
    ("raw", "rolled"),
    [
        (date(2026, 5, 1), date(2026, 5, 1)),
        (date(2026, 5, 3), date(2026, 5, 7)),
        (date(2026, 5, 31), date(2026, 6, 1)),
        (date(2026, 5, 13), date(2026, 5, 13)),
        (date(2026, 12, 30), date(2027, 1, 4)),
        (date(2027, 1, 3), date(2027, 1, 4)),
        (date(2027, 2, 28), date(2027, 3, 1)),
    ],
)
def test_the_end_of_a_period_moves_to_the_next_business_day(raw, rolled):
    assert roll_forward(raw) == rolled
    assert roll_back(rolled) == rolled


def test_a_target_moves_back_to_the_last_business_day():
    assert roll_back(date(2026, 5, 6)) == date(2026, 5, 1)
    assert roll_back(date(2027, 1, 3)) == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("day", "n", "result"),
    [
        (date(2026, 5, 1), 1, date(2026, 5, 7)),
        (date(2026, 5, 2), 0, date(2026, 5, 7)),
        (date(2026, 5, 7), 0, date(2026, 5, 7)),
        (date(2026, 5, 7), -1, date(2026, 5, 1)),
        (date(2026, 12, 25), 3, date(2027, 1, 5)),
    ],
)
def test_business_days_are_counted_over_weekends_and_holidays(day, n, result):
    assert add_business_days(day, n) == result


@pytest.mark.parametrize("day", [date(2014, 12, 31), date(2029, 1, 1)])
def test_a_day_outside_the_table_is_an_error_and_not_a_guess(day):
    with pytest.raises(OutsideCalendar):
        is_business_day(day)


def test_rolling_out_of_the_table_is_an_error():
    with pytest.raises(OutsideCalendar, match="2029-01-01"):
        roll_forward(date(2028, 12, 29))
    assert calendar.first_day() == date(2015, 1, 1)
    assert calendar.last_day() == date(2028, 12, 31)
