"""Due days worked out by hand from the statutes. Each row says how: +n is the n-th day after the first one.

A row: code, the day it begins, the last day, the next business day, how it was counted, and what happened meanwhile
(pauses as SENT:ARRIVED, ext = days of an extension, ordinance, mail).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.rules.deadlines import CLOCKS, Unit, compute
from disclosure.rules.periods import Pause
from portal.core.errors import Invalid
from portal.core.wareki import parse_day

LAW = date(2026, 4, 1)
Row = tuple[str, str, str, str, str, dict[str, Any]]

# fmt: off
ROWS: list[Row] = [
    # Months of different lengths, leap days.
    ("D1", "2024-02-01", "2024-03-02", "2024-03-04", "29 Feb is +28, so +30 is 2 Mar, a Saturday", {}),
    ("D1", "2023-02-01", "2023-03-03", "2023-03-03", "28 Feb is +27, so +30 is 3 Mar, a Friday", {}),
    ("D1", "2028-01-30", "2028-02-29", "2028-02-29", "31 Jan is +1, so +30 is 29 Feb, a Tuesday", {}),
    ("D1", "2028-01-31", "2028-03-01", "2028-03-01", "29 Feb is +29", {}),
    ("D1", "2028-02-28", "2028-03-29", "2028-03-29", "29 Feb is +1, 1 Mar +2, 29 Mar +30", {}),
    ("D1", "2027-02-28", "2027-03-30", "2027-03-30", "1 Mar is +1", {}),
    ("D1", "2024-02-29", "2024-03-30", "2024-04-01", "1 Mar is +1; 30 Mar is a Saturday", {}),
    ("D2", "2024-01-01", "2024-03-01", "2024-03-01", "31 Jan is +30, 29 Feb +59", {"ext": 30}),
    ("D2", "2023-01-01", "2023-03-02", "2023-03-02", "31 Jan is +30, 28 Feb +58", {"ext": 30}),
    ("D2", "2027-12-31", "2028-02-29", "2028-02-29", "31 Jan is +31, and 29 more", {"ext": 30}),
    ("D2", "2026-12-31", "2027-03-01", "2027-03-01", "31 Jan is +31, 28 Feb +59", {"ext": 30}),
    # The end of the year: offices are closed from 29 December to 3 January.
    ("D1", "2026-11-28", "2026-12-28", "2026-12-28", "the last open Monday", {}),
    ("D1", "2026-11-29", "2026-12-29", "2027-01-04", "29 Dec to 3 Jan (Sunday) are closed", {}),
    ("D1", "2026-12-01", "2026-12-31", "2027-01-04", "December has 31 days", {}),
    ("D1", "2027-12-01", "2027-12-31", "2028-01-04", "1 Sat, 2 Sun, 3 Mon is closed too", {}),
    ("D1", "2027-12-05", "2028-01-04", "2028-01-04", "31 Dec is +26", {}),
    ("D1", "2025-12-04", "2026-01-03", "2026-01-05", "31 Dec is +27; 3 Jan Saturday, 4 Jan Sunday", {}),
    ("D1", "2024-11-30", "2024-12-30", "2025-01-06", "30, 31, 1, 2, 3 closed; 4 Sat, 5 Sun", {}),
    # Holidays in a row.
    ("D1", "2024-04-03", "2024-05-03", "2024-05-07", "3 Fri holiday, 4 Sat, 5 Sun, 6 substitute", {}),
    ("D5", "2026-08-20", "2026-09-19", "2026-09-24", "31 Aug is +11; 19 Sat, 20 Sun, 21 to 23 holidays", {}),
    ("D5", "2026-08-22", "2026-09-21", "2026-09-24", "22 Sep lies between two holidays", {}),
    ("D7", "2026-06-25", "2026-09-23", "2026-09-24", "30 Jun +5, 31 Jul +36, 31 Aug +67, 23 Sep +90", {}),
    ("D5", "2026-12-01", "2026-12-31", "2027-01-04", "December has 31 days", {}),
    ("D5", "2024-01-31", "2024-03-01", "2024-03-01", "29 Feb is +29", {}),
    ("D7", "2024-01-31", "2024-04-30", "2024-04-30", "29 Feb +29, 31 Mar +60, 30 Apr +90", {}),
    ("D7", "2026-10-05", "2027-01-03", "2027-01-04", "31 Oct +26, 30 Nov +56, 31 Dec +87", {}),
    # The change of era in 2019: closed from 27 April to 6 May.
    ("D1", "平成31年3月31日", "平成31年4月30日", "令和元年5月7日", "the last day of Heisei, between holidays", {}),
    ("D1", "平成31年4月6日", "令和元年5月6日", "令和元年5月7日", "30 Apr is +24", {}),
    ("D1", "平成31年4月7日", "令和元年5月7日", "令和元年5月7日", "30 Apr is +23", {}),
    ("D1", "平成31年4月30日", "令和元年5月30日", "令和元年5月30日", "received on the last day of Heisei", {}),
    ("D1", "令和元年5月1日", "令和元年5月31日", "令和元年5月31日", "received on the first day of Reiwa", {}),
    ("D2", "平成31年3月1日", "平成31年4月30日", "令和元年5月7日", "31 Mar is +30, 30 Apr +60", {"ext": 30}),
    ("D9", "平成31年1月31日", "平成31年4月30日", "令和元年5月7日", "counted from 1 Feb: the day before 1 May", {}),
    ("D9L", "平成30年5月1日", "令和元年5月1日", "令和元年5月7日", "counted from 2 May: the day before 2 May", {}),
    ("D7", "平成31年2月1日", "令和元年5月2日", "令和元年5月7日", "28 Feb +27, 31 Mar +58, 30 Apr +88", {}),
    # One correction: over the end of a month, of February, of the year; at the edges of the period.
    ("D1", "2026-01-20", "2026-03-02", "2026-03-02", "31 Jan to 10 Feb = 11 days; +41; 28 Feb is +39",
     {"pauses": ["2026-01-30:2026-02-10"]}),
    ("D1", "2024-02-10", "2024-03-15", "2024-03-15", "28, 29 Feb, 1, 2 Mar = 4 days; +34; 29 Feb is +19",
     {"pauses": ["2024-02-27:2024-03-02"]}),
    ("D1", "2023-02-10", "2023-03-15", "2023-03-15", "28 Feb, 1, 2 Mar = 3 days; +33; 28 Feb is +18",
     {"pauses": ["2023-02-27:2023-03-02"]}),
    ("D1", "2028-02-20", "2028-03-22", "2028-03-22", "29 Feb alone is left out; +31; 29 Feb is +9",
     {"pauses": ["2028-02-28:2028-02-29"]}),
    ("D1", "2026-12-01", "2027-01-14", "2027-01-14", "26 to 31 Dec and 1 to 8 Jan = 14 days; +44",
     {"pauses": ["2026-12-25:2027-01-08"]}),
    ("D1", "2026-04-01", "2026-05-02", "2026-05-07", "asked on the first day: 2 Apr is left out; +31, a Saturday",
     {"pauses": ["2026-04-01:2026-04-02"]}),
    ("D1", "2026-04-01", "2026-05-01", "2026-05-01", "asked on the last day: nothing is left to stop",
     {"pauses": ["2026-05-01:2026-05-10"]}),
    ("D1", "2026-04-01", "2026-05-11", "2026-05-11", "30 Apr is the 29th day, 1 to 10 May stand still",
     {"pauses": ["2026-04-30:2026-05-10"]}),
    # Two and three corrections: apart, side by side, overlapping, one within another, twice the same.
    ("D1", "2026-04-20", "2026-05-24", "2026-05-25", "4 days: 20 May + 4, a Sunday; the second comes too late",
     {"pauses": ["2026-04-28:2026-05-02", "2026-05-29:2026-06-03"]}),
    ("D1", "2026-04-20", "2026-06-07", "2026-06-08", "4 and 14 days; +48; 31 May is +41; a Sunday",
     {"pauses": ["2026-04-28:2026-05-02", "2026-05-20:2026-06-03"]}),
    ("D1", "2026-06-01", "2026-07-16", "2026-07-16", "6 to 15 and 11 to 20 June = 15 days once; +45",
     {"pauses": ["2026-06-05:2026-06-15", "2026-06-10:2026-06-20"]}),
    ("D1", "2026-06-01", "2026-07-16", "2026-07-16", "the one within the other adds nothing: 15 days",
     {"pauses": ["2026-06-05:2026-06-20", "2026-06-10:2026-06-12"]}),
    ("D1", "2026-06-01", "2026-07-06", "2026-07-06", "twice the same 5 days; +35; 30 June is +29",
     {"pauses": ["2026-06-05:2026-06-10", "2026-06-05:2026-06-10"]}),
    ("D1", "2026-06-01", "2026-07-11", "2026-07-13", "6 to 10 and 11 to 15 June = 10 days; +40, a Saturday",
     {"pauses": ["2026-06-05:2026-06-10", "2026-06-10:2026-06-15"]}),
    ("D1", "2025-12-10", "2026-01-25", "2026-01-26", "21 Dec to 5 Jan = 16 days, the third has none; +46, a Sunday",
     {"pauses": ["2025-12-20:2025-12-28", "2025-12-26:2026-01-05", "2026-01-04:2026-01-04"]}),
    # Extensions, also after corrections and with one within.
    ("D2", "2026-04-01", "2026-06-12", "2026-06-12", "12 days; +72; 31 May is +60",
     {"pauses": ["2026-04-08:2026-04-20"], "ext": 30}),
    ("D2", "2026-04-01", "2026-05-28", "2026-05-28", "12 days; +57",
     {"pauses": ["2026-04-08:2026-04-20"], "ext": 15}),
    ("D2", "2026-11-20", "2027-01-19", "2027-01-19", "26 Nov to 5 Dec = 10 days; +60; 31 Dec is +41",
     {"pauses": ["2026-11-25:2026-12-05"], "ext": 20}),
    ("D2", "2026-04-01", "2026-05-02", "2026-05-07", "one day more; a Saturday before four holidays", {"ext": 1}),
    ("D2", "2026-04-01", "2026-06-17", "2026-06-17", "12 days before and 5 within the extension; +77",
     {"pauses": ["2026-04-08:2026-04-20", "2026-06-01:2026-06-06"], "ext": 30}),
    ("D2", "2023-12-20", "2024-03-01", "2024-03-01", "29 Dec to 9 Jan = 12 days; +72; 31 Jan +42, 29 Feb +71",
     {"pauses": ["2023-12-28:2024-01-09"], "ext": 30}),
    # The special rule; correction and suspension of use.
    ("D3", "2026-04-01", "2026-05-31", "2026-06-01", "30 Apr is +29, 31 May +60, a Sunday", {}),
    ("D3", "2026-04-01", "2026-06-12", "2026-06-12", "12 days; +72", {"pauses": ["2026-04-08:2026-04-20"]}),
    ("D3", "2024-01-01", "2024-03-01", "2024-03-01", "29 Feb is +59", {}),
    ("D8", "2026-07-01", "2026-07-31", "2026-07-31", "a Friday", {}),
    ("D8X", "2026-07-01", "2026-08-30", "2026-08-31", "31 Jul is +30; 30 Aug is a Sunday", {"ext": 30}),
    ("D8S", "2026-07-01", "2026-11-08", "2026-11-09",
     "31 Jul +30, 31 Aug +61, 30 Sep +91, 31 Oct +122, 8 Nov +130, a Sunday", {"ext": 100}),
    ("D8U", "2026-07-01", "2026-08-05", "2026-08-05", "11 to 15 July = 5 days; +35",
     {"pauses": ["2026-07-10:2026-07-15"]}),
    ("D8UX", "2026-07-01", "2026-08-10", "2026-08-10", "+40, the day before a holiday", {"ext": 10}),
    # Months of an appeal and of a suit: the day before the same day, or the end of a month without it.
    ("D9", "2023-11-30", "2024-02-29", "2024-02-29", "from 1 Dec: the day before 1 Mar", {}),
    ("D9", "2023-11-29", "2024-02-29", "2024-02-29", "from 30 Nov: February has no 30th, so it ends with it", {}),
    ("D9", "2023-11-28", "2024-02-28", "2024-02-28", "from 29 Nov: the day before 29 Feb", {}),
    ("D9", "2026-11-28", "2027-02-28", "2027-03-01", "from 29 Nov: no 29 Feb in 2027; a Sunday", {}),
    ("D9", "2026-11-27", "2027-02-27", "2027-03-01", "from 28 Nov: the day before 28 Feb; a Saturday", {}),
    ("D9", "2026-02-03", "2026-05-03", "2026-05-07", "from 4 Feb: 3 May, Sunday, three more holidays", {}),
    ("D9", "2026-10-02", "2027-01-02", "2027-01-04", "from 3 Oct: 2 Jan, closed", {}),
    ("D9", "2027-11-30", "2028-02-29", "2028-02-29", "from 1 Dec: the day before 1 Mar 2028", {}),
    ("D9L", "2027-02-28", "2028-02-29", "2028-02-29", "from 1 Mar: the day before 1 Mar of a leap year", {}),
    ("D9L", "2023-02-28", "2024-02-29", "2024-02-29", "from 1 Mar: the day before 1 Mar of a leap year", {}),
    ("D9L", "2023-02-27", "2024-02-27", "2024-02-27", "from 28 Feb: the day before 28 Feb", {}),
    ("D9L", "2025-12-31", "2026-12-31", "2027-01-04", "from 1 Jan: the whole year", {}),
    ("D10", "2024-08-29", "2025-02-28", "2025-02-28", "from 30 Aug: February has no 30th", {}),
    ("D10", "2023-08-28", "2024-02-28", "2024-02-28", "from 29 Aug: the day before 29 Feb", {}),
    ("D10", "2025-06-30", "2025-12-31", "2026-01-05", "from 1 Jul; closed, then Saturday and Sunday", {}),
    ("D10L", "2024-02-28", "2025-02-28", "2025-02-28", "from 29 Feb: no such day in 2025", {}),
    ("D10R", "2026-03-31", "2026-09-30", "2026-09-30", "from 1 Apr", {}),
    ("D10RL", "2024-02-29", "2025-02-28", "2025-02-28", "from 1 Mar", {}),
    # Days in the mail are not counted.
    ("D9", "2026-11-30", "2027-03-02", "2027-03-03", "28 Feb + 2; the holiday rolls to 1 Mar, + 2", {"mail": 2}),
    ("D9", "2026-03-31", "2026-07-03", "2026-07-03", "30 June + 3", {"mail": 3}),
    # The first day is included.
    ("D11", "2024-02-01", "2024-03-01", "2024-03-01", "the 30th day is +29; 29 Feb is +28", {}),
    ("D12", "2023-02-01", "2023-03-02", "2023-03-02", "+29; 28 Feb is +27", {}),
    ("D11", "2026-12-05", "2027-01-03", "2027-01-04", "+29; 31 Dec is +26", {}),
    ("D12", "平成31年4月2日", "令和元年5月1日", "令和元年5月7日", "+29; 30 Apr is +28", {}),
    ("D13", "2026-04-01", "2026-06-29", "2026-06-29", "the 90th day is +89; 31 May is +60", {"ext": 60}),
    ("D13P4", "2026-04-01", "2026-06-14", "2026-06-15", "the 75th day is +74, a Sunday", {"ext": 45}),
    # Time to wait, an ordinance, inaction.
    ("D6", "2026-12-20", "2027-01-03", "2027-01-04", "+14", {}),
    ("D14", "2026-04-15", "2026-04-29", "2026-04-30", "+14, a holiday", {}),
    ("D15", "2026-04-01", "2026-04-16", "2026-04-16", "+15", {"ordinance": 15}),
    ("D15X", "2026-04-01", "2026-05-16", "2026-05-18", "+45; 30 Apr is +29; a Saturday", {"ordinance": 15, "ext": 30}),
    ("D16", "2026-04-03", "2026-05-03", "2026-05-07", "as the decision's own clock", {}),
]
# fmt: on


def day(text: str) -> date:
    return parse_day(text)


def pauses(texts: list[str]) -> list[Pause]:
    return [Pause(*map(day, text.split(":"))) for text in texts]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}: {row[4]}")
def test_the_last_day_is_as_worked_out_by_hand(row: Row) -> None:
    code, start, last, next_open, _why, more = row
    found = compute(
        code,
        day(start),
        law_day=LAW,
        pauses=pauses(more.get("pauses", [])),
        extended_days=more.get("ext", 0),
        transit_days=more.get("mail", 0),
        ordinance_days=more.get("ordinance", 0),
    )
    assert (found.due_on, found.rolled_on) == (day(last), day(next_open))


def test_the_special_rule_has_its_notice_within_the_first_period_and_a_day_for_the_rest() -> None:
    found = compute(
        "D3", day("2026-04-01"), law_day=LAW, pauses=pauses(["2026-04-08:2026-04-20"]), until=day("2026-09-30")
    )
    assert (found.due_on, found.notice_on, found.rest_on) == (day("2026-06-12"), day("2026-05-13"), day("2026-09-30"))
    assert found.steps[-2].article == "個人情報の保護に関する法律第84条後段"
    with pytest.raises(Invalid, match="must come after 2026-05-31"):
        compute("D3", day("2026-04-01"), law_day=LAW, until=day("2026-05-31"))


def test_an_extension_without_limit_names_days_or_a_day() -> None:
    named = compute("D13", day("2026-04-01"), law_day=LAW, until=day("2026-12-25"))
    assert (named.due_on, named.notice_on) == (day("2026-12-25"), day("2026-04-30"))
    with pytest.raises(Invalid, match="by how many days"):
        compute("D13", day("2026-04-01"), law_day=LAW)
    with pytest.raises(Invalid, match="not both"):
        compute("D13", day("2026-04-01"), law_day=LAW, extended_days=3, until=day("2026-12-25"))
    with pytest.raises(Invalid, match="must come after 2026-04-30"):
        compute("D13", day("2026-04-01"), law_day=LAW, until=day("2026-04-30"))


def test_a_day_named_for_a_limited_extension_keeps_the_limit() -> None:
    assert compute("D2", day("2026-04-01"), law_day=LAW, until=day("2026-05-31")).due_on == day("2026-05-31")
    with pytest.raises(Invalid, match="at most 30"):
        compute("D2", day("2026-04-01"), law_day=LAW, until=day("2026-06-01"))


def test_waiting_ends_on_the_day_after() -> None:
    assert compute("D14", day("2026-04-15"), law_day=LAW).opens_on == day("2026-05-01")
    assert compute("D6", day("2026-04-01"), law_day=LAW).opens_on == day("2026-04-16")


def test_a_day_that_passes_without_decision_decides_nothing_and_can_be_contested() -> None:
    found = compute("D1", day("2026-04-01"), law_day=LAW)
    assert [step.article for step in found.afterwards] == ["行政不服審査法第3条", "行政事件訴訟法第3条第5項"]
    assert compute("D5", day("2026-04-01"), law_day=LAW).afterwards == ()


def test_corrections_that_overlap_or_come_too_late_say_so() -> None:
    together = compute(
        "D1", day("2026-06-01"), law_day=LAW, pauses=pauses(["2026-06-05:2026-06-15", "2026-06-10:2026-06-20"])
    )
    said = [step.message % step.values(date.isoformat) for step in together.steps]
    assert "Days that lie in two corrections are left out once: 15 days in all." in said
    assert together.excluded_days == 15
    late = compute("D1", day("2026-04-01"), law_day=LAW, pauses=pauses(["2026-05-10:2026-05-15"]))
    said = [step.message % step.values(date.isoformat) for step in late.steps]
    assert "The correction asked for on 2026-05-10 came too late to count." in said
    assert late.excluded_days == 0


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("D5", {"extended_days": 1}),
        ("D9", {"extended_days": 1}),
        ("D5", {"until": date(2026, 12, 1)}),
        ("D1", {"transit_days": 2}),
        ("D9", {"transit_days": -1}),
        ("D1", {"ordinance_days": 15}),
        ("D15", {"ordinance_days": 31}),
        ("D15", {"ordinance_days": -1}),
    ],
)
def test_what_the_law_does_not_allow_is_refused_with_its_field(code: str, more: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        compute(code, day("2026-04-01"), law_day=LAW, **more)
    assert refused.value.params["field"] in ("extended", "transit", "ordinance")


def test_a_correction_cites_the_proviso_of_its_own_article() -> None:
    stop = pauses(["2026-07-10:2026-07-15"])
    articles = {
        code: compute(code, day("2026-07-01"), law_day=LAW, pauses=stop).steps[3].article for code in ("D8", "D8U")
    }
    assert articles["D8"].endswith("第94条第1項ただし書")
    assert articles["D8U"].endswith("第102条第1項ただし書")


def walk(start: date, length: int, stops: list[Pause], *, included: bool) -> date:
    """Day by day, without sets or arithmetic of the code under test."""
    here, counted = start, 0
    while True:
        standing = any(
            stop.sent_on < here and stop.arrived_on is not None and here <= stop.arrived_on for stop in stops
        )
        if not standing and (included or here != start):
            counted += 1
        if counted == length:
            return here
        here = here + timedelta(days=1)


BY_DAYS = sorted({row.code for row in CLOCKS if row.unit is Unit.DAYS and not row.notice_by})


@given(
    code=st.sampled_from(BY_DAYS),
    start=st.dates(date(2023, 1, 1), date(2027, 6, 30)),
    extended=st.integers(1, 30),
    stops=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 25)), max_size=4),
)
def test_no_day_is_lost(code: str, start: date, extended: int, stops: list[tuple[int, int]]) -> None:
    row = next(row for row in CLOCKS if row.code == code)
    basis = next((other for other in CLOCKS if other.code == row.extension_of), row)
    asked = [Pause(start + timedelta(days=wait), start + timedelta(days=wait + long)) for wait, long in stops]
    more = extended if row.extension_of else 0
    found = compute(code, start, law_day=LAW, pauses=asked, extended_days=more)
    counting = asked if row.pauses else []
    last = walk(start, basis.amount + more, counting, included=basis.first_day == "included")
    assert found.due_on == last
    assert (last - start).days + (basis.first_day == "included") == basis.amount + more + found.excluded_days
