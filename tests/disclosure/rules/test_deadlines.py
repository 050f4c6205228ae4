"""Every due day of the law, computed by hand from the statutes and compared."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.rules.deadlines import CLOCKS, compute
from disclosure.rules.periods import Pause, last_day_of_months
from portal.core.errors import Invalid


def d(text: str) -> date:
    return date.fromisoformat(text)


VECTORS = [
    # code, start, pauses, extended days, last day, next business day
    ("D1", "2026-04-01", [], 0, "2026-05-01", "2026-05-01"),
    ("D1", "2026-04-03", [], 0, "2026-05-03", "2026-05-07"),
    ("D2", "2026-04-01", [], 30, "2026-05-31", "2026-06-01"),
    ("D1", "2026-04-01", [("2026-04-08", "2026-04-20")], 0, "2026-05-13", "2026-05-13"),
    ("D1", "2026-11-30", [], 0, "2026-12-30", "2027-01-04"),
    ("D1", "2026-12-04", [], 0, "2027-01-03", "2027-01-04"),
    ("D11", "2026-04-01", [], 0, "2026-04-30", "2026-04-30"),
    ("D12", "2026-04-01", [], 0, "2026-04-30", "2026-04-30"),
    ("D9", "2026-11-30", [], 0, "2027-02-28", "2027-03-01"),
    ("D10", "2026-08-31", [], 0, "2027-02-28", "2027-03-01"),
    ("D10", "2026-08-30", [], 0, "2027-02-28", "2027-03-01"),
    # leap days, year ends, month ends
    ("D1", "2024-01-30", [], 0, "2024-02-29", "2024-02-29"),
    ("D1", "2023-01-30", [], 0, "2023-03-01", "2023-03-01"),
    ("D1", "2025-12-31", [], 0, "2026-01-30", "2026-01-30"),
    ("D10", "2023-08-31", [], 0, "2024-02-29", "2024-02-29"),
    ("D9L", "2024-02-28", [], 0, "2025-02-28", "2025-02-28"),
    ("D9L", "2024-02-29", [], 0, "2025-02-28", "2025-02-28"),
    ("D9", "2026-03-31", [], 0, "2026-06-30", "2026-06-30"),
    ("D10L", "2026-04-01", [], 0, "2027-04-01", "2027-04-01"),
    # the requester's periods
    ("D5", "2026-04-03", [], 0, "2026-05-03", "2026-05-07"),
    ("D6", "2026-04-01", [], 0, "2026-04-15", "2026-04-15"),
    ("D7", "2026-04-01", [], 0, "2026-06-30", "2026-06-30"),
    ("T1", "2026-04-01", [("2026-04-30", "2026-05-02")], 0, "2026-05-03", "2026-05-07"),
    # pauses over month and year ends, two pauses, overlapping pauses, an answer on the day of asking
    ("D1", "2026-12-20", [("2026-12-28", "2027-01-06")], 0, "2027-01-28", "2027-01-28"),
    ("D1", "2026-04-01", [("2026-04-03", "2026-04-08"), ("2026-04-10", "2026-04-15")], 0, "2026-05-11", "2026-05-11"),
    ("D1", "2026-04-01", [("2026-04-03", "2026-04-10"), ("2026-04-08", "2026-04-15")], 0, "2026-05-13", "2026-05-13"),
    ("D1", "2026-04-01", [("2026-04-03", "2026-04-03")], 0, "2026-05-01", "2026-05-01"),
    # a pause in the extension, a shorter extension, a pause that came too late to help
    ("D2", "2026-04-01", [("2026-05-10", "2026-05-15")], 30, "2026-06-05", "2026-06-05"),
    ("D2", "2026-04-01", [], 10, "2026-05-11", "2026-05-11"),
    ("D1", "2026-04-01", [("2026-05-10", "2026-05-15")], 0, "2026-05-01", "2026-05-01"),
    # the change of era, with its ten days of holidays
    ("D1", "2019-04-01", [], 0, "2019-05-01", "2019-05-07"),
]


@pytest.mark.parametrize(("code", "start", "pauses", "extended", "due", "rolled"), VECTORS)
def test_the_last_day_is_as_computed_by_hand(code, start, pauses, extended, due, rolled):
    found = compute(
        code,
        d(start),
        law_day=d("2026-04-01"),
        pauses=[Pause(d(sent), d(arrived)) for sent, arrived in pauses],
        extended_days=extended,
    )
    assert (found.due_on, found.rolled_on) == (d(due), d(rolled))


def test_the_organisation_never_uses_the_days_after_a_holiday():
    found = compute("D1", d("2026-04-03"), law_day=d("2026-04-03"))
    assert (found.binding_on, found.target_on) == (d("2026-05-03"), d("2026-05-01"))


def test_the_requester_has_until_the_next_business_day():
    assert compute("D5", d("2026-04-03"), law_day=d("2026-04-03")).binding_on == d("2026-05-07")


def test_an_open_correction_holds_the_clock():
    pause = [Pause(d("2026-04-08"))]
    found = compute("D1", d("2026-04-01"), law_day=d("2026-04-01"), pauses=pause, as_of=d("2026-04-20"))
    assert (found.due_on, found.paused, found.excluded_days) == (d("2026-05-13"), True, 12)


def test_an_open_correction_needs_the_day_of_counting():
    with pytest.raises(Invalid):
        compute("D1", d("2026-04-01"), law_day=d("2026-04-01"), pauses=[Pause(d("2026-04-08"))])


def test_every_step_is_explained_with_its_article():
    found = compute("D1", d("2026-04-03"), law_day=d("2026-04-03"), pauses=[Pause(d("2026-04-08"), d("2026-04-10"))])
    said = [step.message % step.values(date.isoformat) for step in found.steps]
    assert said == [
        "It arrived on 2026-04-03.",
        "The first day is not counted: counting starts on 2026-04-04.",
        "The period is 30 days.",
        "The 2 days of a correction, from 2026-04-09 to 2026-04-10, are not counted.",
        "The last day is 2026-05-05.",
        "That day is a holiday. We do not use the time after it: our own goal is 2026-05-01.",
    ]
    assert [step.article for step in found.steps][1:4] == [
        "民法第140条",
        "個人情報の保護に関する法律第83条第1項",
        "個人情報の保護に関する法律第83条第1項ただし書",
    ]


def test_a_correction_before_the_request_is_refused():
    with pytest.raises(Invalid):
        compute("D1", d("2026-04-10"), law_day=d("2026-04-10"), pauses=[Pause(d("2026-04-08"), d("2026-04-12"))])


def test_a_correction_that_arrives_before_it_was_sent_does_not_exist():
    with pytest.raises(ValueError, match="arrive"):
        Pause(d("2026-04-08"), d("2026-04-07"))


@pytest.mark.parametrize("days", [31, -1])
def test_an_extension_has_its_limit(days):
    with pytest.raises(Invalid):
        compute("D2", d("2026-04-01"), law_day=d("2026-04-01"), extended_days=days)


def test_a_clock_without_extension_cannot_be_extended():
    with pytest.raises(Invalid):
        compute("D1", d("2026-04-01"), law_day=d("2026-04-01"), extended_days=3)


def test_an_unknown_clock_is_an_error():
    with pytest.raises(KeyError):
        compute("D99", d("2026-04-01"), law_day=d("2026-04-01"))


DAYS = st.dates(d("2023-01-01"), d("2026-12-31"))


@given(start=DAYS, gaps=st.lists(st.tuples(st.integers(0, 10), st.integers(0, 12)), max_size=4))
def test_exactly_thirty_days_are_counted_whatever_the_pauses(start, gaps):
    pauses, at = [], start
    for wait, length in gaps:
        at += timedelta(days=wait)
        pauses.append(Pause(at, at + timedelta(days=length)))
        at += timedelta(days=length)
    found = compute("D1", start, law_day=start, pauses=pauses)
    left_out = {day for pause in pauses for day in pause.days(as_of=start)}
    counted = [start + timedelta(days=n) for n in range(1, (found.due_on - start).days + 1)]
    assert len([day for day in counted if day not in left_out]) == 30
    assert found.due_on not in left_out
    assert found.target_on <= found.due_on <= found.rolled_on


@given(start=DAYS, months=st.sampled_from([3, 6, 12]))
def test_a_later_start_never_ends_earlier(start, months):
    assert last_day_of_months(start, months) <= last_day_of_months(start + timedelta(days=1), months)


def test_every_clock_of_the_data_computes():
    for row in CLOCKS:
        days = 30 if row.needs_a_day else 0
        assert compute(row.code, d("2026-04-01"), law_day=d("2026-04-01"), extended_days=days).steps
