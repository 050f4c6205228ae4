"""Counting days of letters."""

from datetime import date

import pytest

from content.rules.days import answer_time, first_day_in, period_start

SENT, ASKED, ANSWERED = date(2016, 5, 25), date(2016, 6, 15), date(2016, 10, 13)


def test_the_letter_of_2016_waited_141_days_and_120_beyond_the_day_asked_for() -> None:
    time = answer_time(SENT, asked=ASKED, answered=ANSWERED, today=date(2026, 4, 1))
    assert (time.days, time.over, time.waiting) == (141, 120, None)


def test_without_an_answer_the_days_go_on() -> None:
    time = answer_time(SENT, asked=ASKED, answered=None, today=date(2016, 6, 16))
    assert (time.days, time.over, time.waiting) == (None, 1, 22)


def test_before_the_day_asked_for_nothing_is_late() -> None:
    assert answer_time(SENT, asked=ASKED, answered=date(2016, 6, 1), today=SENT).over == 0
    assert answer_time(SENT, asked=None, answered=None, today=SENT).over is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("2016", date(2016, 1, 1)), ("2016-02", date(2016, 2, 1)), ("2015-10/2016-01", date(2015, 10, 1))],
)
def test_a_period_begins_on_its_first_day(text: str, day: date) -> None:
    assert period_start(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014年11月に報道", date(2014, 11, 1)),
        ("2016年1月13日、18日", date(2016, 1, 13)),
        ("2010年の転入から", date(2010, 1, 1)),
        ("不明", None),
        ("2016年13月", None),
    ],
)
def test_the_first_day_is_read_from_words(text: str, day: date | None) -> None:
    assert first_day_in(text) == day
