"""What was put off, and whether it came."""

from __future__ import annotations

from datetime import date

import pytest

from content.rules.question_letters.promises import PromiseState, Said, promises, waiting

FIRST = Said("q/A1", date(2026, 12, 1), date(2027, 1, 31))
AGAIN = Said("q/A2", date(2027, 1, 20), date(2027, 3, 1))


def last(day: date) -> Said:
    return Said("q/A9", day)


@pytest.mark.parametrize(
    ("said", "today", "states", "late"),
    [
        ((FIRST,), date(2027, 1, 31), [PromiseState.OPEN], 0),
        ((FIRST,), date(2027, 2, 1), [PromiseState.OVERDUE], 1),
        ((FIRST, last(date(2027, 1, 31))), date(2027, 6, 1), [PromiseState.KEPT], 0),
        ((FIRST, last(date(2027, 2, 3))), date(2027, 6, 1), [PromiseState.KEPT_LATE], 3),
        ((FIRST, AGAIN), date(2027, 3, 2), [PromiseState.PUT_OFF_AGAIN, PromiseState.OVERDUE], 1),
        ((last(date(2026, 12, 1)),), date(2027, 6, 1), [], 0),
    ],
)
def test_what_was_put_off_stays_open_until_it_is_answered(
    said: tuple[Said, ...], today: date, states: list[PromiseState], late: int
) -> None:
    found = promises("q/1", said, today=today)
    assert [one.state for one in found] == states
    assert [one.late_days for one in found[-1:]] == ([late] if states else [])


def test_what_waits_is_listed_by_its_day() -> None:
    said = {"q/1": (FIRST, AGAIN), "q/2": (FIRST,), "q/3": (FIRST, last(date(2026, 12, 5)))}
    assert [(one.question, one.due.month) for one in waiting(said, today=date(2026, 12, 6))] == [("q/2", 1), ("q/1", 3)]
