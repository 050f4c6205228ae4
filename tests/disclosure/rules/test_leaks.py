"""Leaks: by when they are reported, and what sets the reports off."""

from __future__ import annotations

from datetime import date

import pytest

from disclosure.rules import leaks


@pytest.mark.parametrize(
    ("known_on", "codes", "quick_by", "full_by"),
    [
        (date(2026, 4, 1), (), date(2026, 4, 5), date(2026, 4, 30)),
        (date(2026, 4, 1), ("number-system",), date(2026, 4, 5), date(2026, 4, 30)),
        (date(2026, 4, 1), ("improper",), date(2026, 4, 5), date(2026, 5, 30)),
        (date(2028, 2, 1), ("sensitive",), date(2028, 2, 5), date(2028, 3, 1)),
        (date(2027, 2, 1), ("sensitive",), date(2027, 2, 5), date(2027, 3, 2)),
        (date(2026, 12, 15), ("improper", "property"), date(2026, 12, 19), date(2027, 2, 12)),
    ],
)
def test_the_day_of_knowing_is_the_first(known_on, codes, quick_by, full_by):
    due = leaks.due(known_on, codes, "P2")
    assert (due.quick_by, due.full_by) == (quick_by, full_by)
    assert [step.day for step in due.steps] == [known_on, quick_by, full_by]


@pytest.mark.parametrize(
    ("regime", "persons", "codes"),
    [
        ("P1", 100, set()),
        ("P1", 101, {"number-many"}),
        ("P1", 1001, {"number-many", "many-1000"}),
        ("P2", 100, set()),
        ("P2", 101, {"number-many", "many-100"}),
    ],
)
def test_the_number_of_persons_alone_can_set_it_off(regime, persons, codes):
    assert leaks.by_number(regime, persons, date(2026, 4, 1)) == codes


def test_a_report_has_nine_items_and_says_which_are_missing():
    assert len(leaks.ITEMS) == 9
    written = {item.key: "見本" for item in leaks.ITEMS if item.key != "cause"} | {"cause": " "}
    assert [item.key for item in leaks.missing(written)] == ["cause"]
