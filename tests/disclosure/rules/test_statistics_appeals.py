"""The yearly table of appeals, suits and complaints, and what of it is hidden."""

from __future__ import annotations

import pytest

from disclosure.rules import statistics_appeals as lines
from disclosure.rules.statistics_appeals import Happened, counted, publish

UPHELD, PARTLY, DISMISSED, REJECTED = lines.RESULTS.values()


def test_sums_are_those_of_their_parts_and_years_stay_apart() -> None:
    rows = [
        Happened(7, 2026, lines.CONSULTED_IN_TIME), Happened(2, 2026, lines.CONSULTED_LATE),
        Happened(5, 2026, UPHELD), Happened(6, 2026, DISMISSED), Happened(9, 2027, DISMISSED),
    ]  # fmt: skip
    now = counted(2026, rows)
    assert (now[lines.CONSULTED], now[lines.RULED], now[DISMISSED]) == (9, 11, 6)
    assert set(now) == set(lines.LINES)


@pytest.mark.parametrize(
    ("numbers", "away"),
    [
        ({lines.NEW: 12, lines.SUITS: 0, lines.COMPLAINTS: 5}, set()),
        ({lines.NEW: 12, lines.SUITS: 1}, {lines.SUITS}),
        ({lines.CONSULTED_IN_TIME: 20, lines.CONSULTED_LATE: 2}, {lines.CONSULTED_IN_TIME, lines.CONSULTED_LATE}),
        ({UPHELD: 1, DISMISSED: 20, REJECTED: 9, PARTLY: 8}, {UPHELD, DISMISSED}),
        ({UPHELD: 1, DISMISSED: 2}, {lines.RULED, UPHELD, PARTLY, DISMISSED, REJECTED}),
    ],
)
def test_a_small_number_is_hidden_with_what_it_could_be_computed_from(numbers: dict[str, int], away: set[str]) -> None:
    found = publish(2026, [Happened(count, 2026, line) for line, count in numbers.items()], 5)
    assert {line for line, number in found.lines.items() if number is None} == away
