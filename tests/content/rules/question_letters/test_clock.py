"""The days of a question letter."""

from __future__ import annotations

from datetime import date

import pytest

from content.rules.question_letters.clock import Duty, overdue_days, period


@pytest.mark.parametrize(
    ("duty", "start", "due"),
    [
        # Friday; Monday 23 November 2026 is a holiday.
        (Duty.ACKNOWLEDGE, date(2026, 11, 20), date(2026, 11, 26)),
        (Duty.ACKNOWLEDGE, date(2026, 11, 16), date(2026, 11, 19)),
        (Duty.ANSWER, date(2026, 11, 20), date(2026, 12, 20)),
        (Duty.ASK_BACK, date(2027, 1, 30), date(2027, 3, 1)),
        # Before the first row its rule stands in.
        (Duty.ANSWER, date(2016, 5, 25), date(2016, 6, 24)),
    ],
)
def test_each_duty_has_its_day(duty: Duty, start: date, due: date) -> None:
    assert period(duty, start).due(start) == due


def test_what_is_late_counts_its_days() -> None:
    due = date(2026, 12, 20)
    assert overdue_days(due, done=None, today=date(2026, 12, 20)) == 0
    assert overdue_days(due, done=None, today=date(2026, 12, 23)) == 3
    assert overdue_days(due, done=date(2026, 12, 21), today=date(2027, 5, 1)) == 1
