"""Who may have more time for a decision, and until when: 個人情報の保護に関する法律 第83条第2項, 第84条."""

from __future__ import annotations

from datetime import date

import pytest

from disclosure.rules import deadlines
from disclosure.rules.extensions import (
    ExtensionKind,
    clock_code,
    days_problem,
    longest,
    obstacle,
    rest_due,
    rest_problem,
)
from disclosure.rules.periods import Pause
from disclosure.rules.regimes import regime

LAW_DAY = date(2026, 4, 1)
PUBLIC, BUSINESS = regime("P2", LAW_DAY), regime("P1", LAW_DAY)
DUE = date(2026, 5, 1)
E, S = ExtensionKind.EXTENSION, ExtensionKind.SPECIAL


@pytest.mark.parametrize(
    ("law", "kind", "told", "today", "said"),
    [
        (PUBLIC, E, (), date(2026, 4, 30), ""),
        (PUBLIC, E, (), date(2026, 5, 1), "due today"),
        (PUBLIC, E, (), date(2026, 5, 2), "was due"),
        (PUBLIC, E, (E,), date(2026, 4, 10), "allows it once"),
        (PUBLIC, E, (S,), date(2026, 4, 10), "special period applies"),
        (PUBLIC, S, (), date(2026, 5, 1), ""),
        (PUBLIC, S, (E,), date(2026, 5, 2), "had to go out by"),
        (PUBLIC, S, (E,), date(2026, 4, 10), ""),
        (PUBLIC, S, (S,), date(2026, 4, 10), "applies to this request already"),
        (BUSINESS, E, (), date(2026, 4, 10), "knows no extension"),
        (BUSINESS, S, (), date(2026, 4, 10), "knows no special period"),
    ],
)
def test_what_forbids_more_time(law, kind, told, today, said):
    found = obstacle(law, kind, told=frozenset(told), due_on=DUE, today=today)
    assert (found is None) if not said else (found is not None and said in found.message)


def test_the_clocks_of_more_time_come_from_the_regime():
    assert [clock_code(PUBLIC, kind) for kind in ExtensionKind] == ["D2", "D3"]
    assert [clock_code(BUSINESS, kind) for kind in ExtensionKind] == ["", ""]
    assert (longest(PUBLIC, LAW_DAY), longest(BUSINESS, LAW_DAY)) == (30, 0)


@pytest.mark.parametrize(("days", "fits"), [(None, False), (0, False), (1, True), (30, True), (31, False)])
def test_an_extension_has_from_one_to_thirty_days(days, fits):
    assert (days_problem(PUBLIC, days, LAW_DAY) is None) is fits


@pytest.mark.parametrize(
    ("rest_on", "fits"),
    [(None, False), (date(2026, 5, 31), False), (date(2026, 6, 1), True), (date(2029, 7, 1), False)],
)
def test_the_rest_is_decided_after_the_substantial_part(rest_on, fits):
    assert (rest_problem(rest_on, part_due_on=date(2026, 5, 31)) is None) is fits


def test_a_day_for_the_rest_is_explained_and_not_rolled():
    due = rest_due(PUBLIC, LAW_DAY, date(2026, 10, 3), date(2026, 4, 20), LAW_DAY)  # a Saturday
    assert (due.binding_on, due.target_on) == (date(2026, 10, 3), date(2026, 10, 2))
    assert "第84条" in "".join(step.article for step in due.steps)


# Each worked out by hand. The first day is not counted (民法 第140条本文): day n is the day of arrival plus n.
@pytest.mark.parametrize(
    ("received", "pauses", "days", "due"),
    [
        # 30 + 30: 1 April + 60; April has 29 days left, May 31.
        ("2026-04-01", [], 30, "2026-05-31"),
        # 30 + 1: the day after 1 May.
        ("2026-04-01", [], 1, "2026-05-02"),
        # 12 days of a correction (8 to 19 April) are left out: 12 May after the first period + 1, then 20 days.
        ("2026-04-01", [("2026-04-07", "2026-04-19")], 20, "2026-06-02"),
        # The leap day is a day like others: 30 January + 60 = 1 day of January + 29 of February + 30 of March.
        ("2028-01-30", [], 30, "2028-03-30"),
        # Over the year's end, no rolling for our own duty: 30 November + 45 = 31 of December + 14 of January.
        ("2026-11-30", [], 15, "2027-01-14"),
    ],
)
def test_the_extended_day_counts_corrections_and_leap_days(received, pauses, days, due):
    asked = [Pause(date.fromisoformat(sent), date.fromisoformat(arrived)) for sent, arrived in pauses]
    found = deadlines.compute(
        "D2", date.fromisoformat(received), law_day=LAW_DAY, pauses=asked, extended_days=days
    ).due_on
    assert found == date.fromisoformat(due)
