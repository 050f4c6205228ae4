"""The middle, nine of ten, and nothing of nothing."""

from __future__ import annotations

import pytest

from disclosure.rules.durations import middle, ninth


@pytest.mark.parametrize(
    ("days", "median", "nine_of_ten"),
    [
        ({7: 1}, 7, 7),
        ({7: 1, 10: 1}, 8.5, 10),
        ({7: 2, 10: 1}, 7, 10),
        ({1: 5, 2: 4, 90: 1}, 1.5, 2),
        (dict.fromkeys(range(1, 12), 1), 6, 10),
        (dict.fromkeys(range(1, 101), 1), 50.5, 90),
    ],
)
def test_durations_by_hand(days: dict[int, int], median: float, nine_of_ten: int) -> None:
    assert (middle(days), ninth(days)) == (median, nine_of_ten)


def test_no_decision_has_no_middle() -> None:
    with pytest.raises(ValueError, match="no decision"):
        middle({})
    with pytest.raises(ValueError, match="no decision"):
        ninth({})
