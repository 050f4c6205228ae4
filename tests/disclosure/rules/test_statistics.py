"""What is published of a year, when, and that a year's whole history of publications gives no hidden number away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from disclosure.rules import statistics
from disclosure.rules.decisions import DecisionType
from disclosure.rules.regimes import of_profile
from disclosure.rules.statistics import Step, Tally, Year, counted, durations, fiscal_year, publish

LAW = of_profile("public-body", date(2026, 4, 1))
FULL, PARTIAL, NOT_HELD = DecisionType.FULL, DecisionType.PARTIAL, DecisionType.NOT_HELD
CLOSED = date(2025, 7, 1)  # the first day on which fiscal year 2024 has its table


def many(count: int, decided: str | None = None, kind: DecisionType | None = None, received: str = "2024-05") -> Tally:
    return Tally(count, received, "web", decided, None, kind)


def of(*tallies: Tally, today: date = CLOSED) -> Year:
    return publish(2024, tallies, (), law=LAW, today=today)


@pytest.mark.parametrize(
    ("day", "year"), [(date(2024, 3, 31), 2023), (date(2024, 4, 1), 2024), (date(2025, 1, 1), 2024)]
)
def test_a_fiscal_year_begins_on_the_first_of_april(day: date, year: int) -> None:
    assert fiscal_year(day) == year


def test_an_empty_year_is_published_as_zeros() -> None:
    year = of()
    assert year.closed
    assert set(year.lines.values()) == {0}


def test_a_year_with_fewer_requests_than_can_be_shown_is_hidden_whole() -> None:
    assert set(of(many(4, "2024-06", FULL)).lines.values()) == {None}


def test_the_table_comes_three_months_after_the_year_and_does_not_change_then() -> None:
    tallies = many(10, "2024-06", FULL), many(7, "2025-06", PARTIAL), many(9, "2025-07", FULL)
    assert not of(*tallies, today=date(2025, 6, 30)).closed
    first, later = of(*tallies), of(*tallies, today=date(2031, 1, 1))
    assert first.as_of == date(2025, 6, 30)
    assert (first.lines["result-full"], first.lines["other-partial"], first.lines["none-in-progress"]) == (10, 7, 9)
    assert later == first


def test_a_running_year_shows_three_lines_as_of_a_month_in_which_enough_changed() -> None:
    tallies = many(30, "2024-06", FULL), many(20, "2024-08", PARTIAL), many(3, "2024-09", PARTIAL)
    june, august, october = (of(*tallies, today=date(2024, month, 15)) for month in (7, 9, 10))
    assert (june.as_of, june.lines["result-full"], june.lines["result-none"]) == (date(2024, 6, 30), 30, 23)
    # In August 20 were decided, but the three that stay open would be a small number; in September none is open.
    assert august == june
    assert (october.as_of, october.lines["decided"]) == (date(2024, 9, 30), 53)
    assert set(october.lines) == {"received", "decided", "result-full", "result-other", "result-none"}


def test_few_decisions_after_the_last_table_do_not_spoil_the_final_one() -> None:
    last = many(22, received="2025-03"), many(30, "2024-06", FULL), many(20, "2024-06", PARTIAL)
    later = replace(last[0], count=20), replace(last[0], count=2, decided="2025-05", type=PARTIAL), *last[1:]
    year = of(*later)
    assert year.closed
    assert year.as_of == date(2025, 3, 31)
    assert (year.lines["result-other"], year.lines["result-none"]) == (20, 22)


def test_refusals_are_split_by_their_ground_and_small_ones_hidden_with_a_partner() -> None:
    year = of(many(20, "2024-06", FULL), many(8, "2024-06", DecisionType.NONE), many(3, "2024-06", DecisionType.FORM))
    assert year.lines["other-refused"] == 11
    assert year.lines["refused-form"] is year.lines["refused-exempt"] is year.lines["refused-not-held"] is None
    assert year.lines["refused-neither"] is None, "a zero beside small numbers would give them away"


def test_steps_count_when_they_happened_before_the_table() -> None:
    steps = Step(6, "2024-05", "2024-06", "correction-asked"), Step(9, "2024-05", "2026-01", "correction-asked")
    year = publish(2024, [many(20, "2024-06", FULL)], steps, law=LAW, today=CLOSED)
    assert (year.lines["correction-asked"], year.lines["correction-not-asked"]) == (6, 14)


def test_the_slowest_is_hidden_where_the_late_ones_are() -> None:
    days = {"decided": {10: 20, 45: 2}, "result-full": {10: 20, 45: 2}}
    late = of(many(20, "2024-06", FULL), replace(many(2, "2024-06", FULL), time="time-late"))
    assert set(durations(days, late, 5)) == {"decided"}
    assert durations(days, late, 5)["decided"].slowest is None
    assert durations(days, of(many(22, "2024-06", FULL)), 5)["result-full"].slowest == 45


# Every small year: how many of its requests went which way, and in which month.
WAYS = tuple(
    Tally(1, "2024-04", "web", when, None, kind)
    for when in ("2024-05", "2025-03", "2025-04")
    for kind in (FULL, PARTIAL)
)
WAYS += (
    many(1, "2025-04", NOT_HELD, "2024-04"),
    many(1, "2025-04", DecisionType.OUTSIDE, "2024-04"),
    Tally(1, "2024-04", "web", None, "2024-05"),
    many(1, received="2024-04"),
)
DAYS = (date(2024, 5, 2), date(2024, 6, 1), date(2025, 4, 1), date(2025, 5, 1))
VARIED = (
    "result-full",
    "result-other",
    "result-none",
    "other-partial",
    "other-refused",
    "other-elsewhere",
    "none-withdrawn",
    "none-in-progress",
)


def splits(whole: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (whole,)
        return
    for first in range(whole + 1):
        for rest in splits(whole - first, parts - 1):
            yield (first, *rest)


@pytest.mark.parametrize("whole", [3, 4, 5, 6])
def test_all_tables_ever_published_of_a_small_year_leave_two_values_for_each_hidden_number(
    whole: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms = replace(statistics.TERMS[0], small_cell=3, running_cell=3, closing_months=1)
    monkeypatch.setattr(statistics, "TERMS", (terms,))
    alike: dict[object, list[dict[str, int]]] = defaultdict(list)
    for counts in splits(whole, len(WAYS)):
        tallies = [replace(way, count=count) for way, count in zip(WAYS, counts, strict=True) if count]
        history = [publish(2024, tallies, (), law=LAW, today=day) for day in DAYS]
        assert history[-1].as_of is not None
        seen = tuple((year.as_of, tuple(year.lines.items())) for year in history)
        alike[seen].append(counted(tallies, (), statistics.month_of(history[-1].as_of)))
    hidden = 0
    for seen, originals in alike.items():
        final = dict(seen[-1][1])  # type: ignore[index]
        for line in VARIED:
            if final[line] is None:
                hidden += 1
                assert len({original[line] for original in originals}) > 1, (line, final, originals)
    assert hidden > 10
