"""The disclosure clock, its yardsticks, and how lengths spread."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from content.rules.disclosure_clock import Moment, Notice, Said, Times, moment, times
from content.rules.distribution import Lengths, Span, span
from content.rules.yardsticks import Took, Verdict, Yardstick, in_force, measure, read, took
from portal.core.settings import SettingsError

BEGAN = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
TODAY = date(2026, 4, 20)


def after(**passed: float) -> Moment:
    return Moment(BEGAN + timedelta(**passed), exact=True)


def by_day(day: int) -> Moment:
    found = moment(date(2026, 4, day), None)
    assert found
    return found


def said(field: str, day: date) -> Said:
    return Said(field, "reported", day, None)


def test_the_first_notice_is_the_earliest_announcement_and_the_final_one_that_of_the_final_bulletin() -> None:
    first = Notice(None, date(2016, 1, 19), False, None, (said("announced", date(2016, 1, 19)),))
    last = Notice(None, date(2016, 6, 22), True, None, (said("announced", date(2016, 6, 22)),))
    known = times([first, last])
    assert known.first_notice == moment(date(2016, 1, 19), None)
    assert known.final == moment(date(2016, 6, 22), None)
    assert known.occurred is None
    assert times([first], occurred_on=date(2016, 1, 13)).occurred == moment(date(2016, 1, 13), None)


def test_bulletins_of_our_own_count_from_when_they_went_out() -> None:
    sent = [Notice(BEGAN + timedelta(minutes=n), None, False, None, ()) for n in (20, 80, 200)]
    known = times(sent)
    assert known.first_notice == after(minutes=20)
    assert known.longest_silence == timedelta(minutes=120)


@pytest.mark.parametrize(
    ("known", "verdict"),
    [
        (Times(occurred=after(), detected=after(minutes=5), first_notice=after(minutes=35)), Verdict.WITHIN),
        (Times(occurred=after(), first_notice=after(minutes=35)), Verdict.OVER),
        (Times(occurred=by_day(1), first_notice=by_day(1)), Verdict.UNSURE),
        (Times(occurred=by_day(1), first_notice=by_day(2)), Verdict.UNSURE),
        (Times(occurred=by_day(1), first_notice=by_day(3)), Verdict.OVER),
        (Times(occurred=after(), first_notice=by_day(1)), Verdict.UNSURE),
        (Times(first_notice=after()), Verdict.NOT_TOLD),
        (Times(occurred=after(days=1), first_notice=after()), Verdict.NOT_TOLD),
    ],
)
def test_the_first_notice_is_laid_against_thirty_minutes(known: Times, verdict: Verdict) -> None:
    found = {one.yardstick.key: one.verdict for one in measure(known, read(None), today=TODAY, over=True)}
    assert found["first-notice"] == verdict


@pytest.mark.parametrize(
    ("known", "today", "over", "verdict"),
    [
        (Times(occurred=by_day(1)), date(2026, 5, 1), False, Verdict.WAITING),
        (Times(occurred=by_day(1)), date(2026, 5, 2), False, Verdict.OVER),
        (Times(occurred=by_day(1)), date(2026, 5, 2), True, Verdict.NOT_TOLD),
        (Times(occurred=by_day(1), final=by_day(30)), date(2026, 6, 1), True, Verdict.WITHIN),
    ],
)
def test_a_report_is_due_after_thirty_days(known: Times, today: date, over: bool, verdict: Verdict) -> None:
    found = {one.yardstick.key: one.verdict for one in measure(known, read(None), today=today, over=over)}
    assert found["report"] == verdict


def test_silence_is_laid_against_an_hour() -> None:
    for minutes, verdict in ((60, Verdict.WITHIN), (61, Verdict.OVER)):
        known = Times(occurred=after(), longest_silence=timedelta(minutes=minutes))
        found = {one.yardstick.key: one.verdict for one in measure(known, read(None), today=TODAY, over=True)}
        assert found["updates"] == verdict


def test_an_organisation_sets_its_own(tmp_path: Path) -> None:
    own = tmp_path / "yardsticks.toml"
    own.write_text('[[yardstick]]\nwhere = { key = "report" }\nminutes = 90\nbinding = true\n', "utf-8")
    (changed,) = [one for one in read(tmp_path) if one.key == "report"]
    assert (changed.limit, changed.binding) == (timedelta(minutes=90), True)
    for text in (
        'where = { key = "none" }',
        'key = "x"',
        'where = { key = "report" }\nminutes = "x"',
        'colour = "red"',
    ):
        own.write_text(f"[[yardstick]]\n{text}\n", "utf-8")
        with pytest.raises(SettingsError, match="yardstick"):
            read(tmp_path)


def test_the_row_of_the_day_holds() -> None:
    old = read(None)[0]
    values = {**{name: getattr(old, name) for name in Yardstick.__dataclass_fields__}, "minutes": 20}
    new = Yardstick(**{**values, "effective_from": date(2027, 1, 1)})
    assert in_force([old, new], date(2026, 12, 31)) == [old]
    assert in_force([old, new], date(2027, 1, 1)) == [new]
    assert in_force([new, old], date(2016, 1, 1)) == [old]


@pytest.mark.parametrize(
    ("length", "exact", "where"),
    [
        (timedelta(minutes=30), True, Span.MINUTES_30),
        (timedelta(minutes=31), True, Span.HOUR),
        (timedelta(hours=24), True, Span.DAY),
        (timedelta(0), False, Span.SAME_DAY),
        (timedelta(days=1), False, Span.DAYS_3),
        (timedelta(days=91), False, Span.LONGER),
    ],
)
def test_each_length_has_its_class(length: timedelta, exact: bool, where: Span) -> None:
    assert span(Took(length, exact)) is where


def test_days_and_minutes_have_medians_of_their_own() -> None:
    minutes = [Took(timedelta(minutes=n), True) for n in (10, 20, 400)]
    found = Lengths.of([*minutes, Took(timedelta(days=3), False), took(by_day(1), by_day(5)), None]).spread()
    assert (found.median_exact, found.median_days) == (timedelta(minutes=20), 3.5)
    assert (found.told, found.not_told) == (5, 1)
    assert Lengths.of([None]).spread().median_exact is None


def test_lengths_that_change_spread_as_if_counted_anew() -> None:
    one, other, days = Took(timedelta(minutes=10), True), Took(timedelta(hours=30), True), Took(timedelta(0), False)
    held = Lengths.of([one, other, days, None, days])
    assert held.changed([other, days, None], [one, one, None]) == Lengths.of([one, days, one, one, None])
    assert {each: n for each, n in held.spread().exact.items() if n} == {Span.MINUTES_30: 1, Span.DAYS_3: 1}
    assert held.spread().by_day[Span.SAME_DAY] == 2
