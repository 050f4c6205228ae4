"""Fields and periods in a query."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from search.backend import Backend
from search.narrowing import field, period
from search.query import parse
from tests.search.samples import a_record, keys


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        ("2016-01..2016-03", date(2016, 1, 1), date(2016, 3, 31)),
        ("平成28年1月〜3月", date(2016, 1, 1), date(2016, 3, 31)),
        ("平成28年1月18日〜25日", date(2016, 1, 18), date(2016, 1, 25)),
        ("平成28年1月から平成28年2月まで", date(2016, 1, 1), date(2016, 2, 29)),
        ("平成28年4月以降", date(2016, 4, 1), None),
        ("2016年3月まで", None, date(2016, 3, 31)),
        ("since:2016-04-01", date(2016, 4, 1), None),
        ("until:平成28年", None, date(2016, 12, 31)),
        ("date:2016-01", date(2016, 1, 1), date(2016, 1, 31)),
        ("期間:2016〜2017", date(2016, 1, 1), date(2017, 12, 31)),
        ("2016-01-18～", date(2016, 1, 18), None),
        ("2016-01-18/2016-02-03", date(2016, 1, 18), date(2016, 2, 3)),
    ],
)
def test_periods_are_read_in_either_calendar(word: str, first: date | None, last: date | None) -> None:
    assert period(word) == (first, last)


@pytest.mark.parametrize(
    "word", ["〜", "a..b", "昨日から", "1.2", "01~02", "since:", "since:昨日", "2016", "から", "..", "http://x"]
)
def test_other_words_are_no_periods(word: str) -> None:
    assert period(word) is None


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("kind:incident", ("kind", "incident")),
        ("種類:事案", ("kind", "事案")),
        ("year:平成28年", ("year", "2016")),
        ("年:2016", ("year", "2016")),
        ("システム:LGWAN", ("system", "LGWAN")),
        ("http://x", None),
        ("kind:", None),
    ],
)
def test_fields_are_read(word: str, wanted: tuple[str, str] | None) -> None:
    assert field(word) == wanted


def test_fields_and_periods_narrow(engine: Backend) -> None:
    assert keys(engine, "カード kind:figure") == ["figure/returns"]
    assert set(keys(engine, "kind:figure kind:letter")) == {"figure/returns", "letter/questions-2016"}
    assert keys(engine, "カード 2016-02-10..2016-02") == ["incident/leap-day"]
    assert set(keys(engine, "平成28年3月以降")) == {"figure/returns", "letter/questions-2016", "page/tokyo"}
    assert keys(engine, "until:2015-02") == ["page/kyoto"]
    assert keys(engine, "area:131229") == ["incident/katsushika"]
    assert keys(engine, "area:none") == []


def test_what_is_wanted_newest_first_comes_so(empty: Backend) -> None:
    empty.put(
        [a_record(f"page/{y}", "障害" if y == 2015 else "題", "障害", day=date(y, 1, 1)) for y in (2016, 2015, 2017)]
    )
    assert keys(empty, "障害")[0] == "page/2015"
    assert keys(empty, "障害", newest=True) == ["page/2017", "page/2016", "page/2015"]


def test_that_of_which_something_was_said_last_comes_first_and_page_by_page(empty: Backend) -> None:
    said = {2015: datetime(2026, 2, 3, 20, tzinfo=UTC), 2016: datetime(2026, 2, 3, 10, tzinfo=UTC), 2017: None}
    empty.put(
        [replace(a_record(f"page/{y}", "障害", day=date(y, 1, 1)), changed=changed) for y, changed in said.items()]
        + [a_record("page/none", "障害")]
    )
    assert keys(empty, "障害", latest=True) == ["page/2015", "page/2016", "page/2017", "page/none"]
    assert keys(empty, "障害", latest=True, limit=2, offset=1) == ["page/2016", "page/2017"]


def test_a_query_says_what_narrows_it() -> None:
    query = parse("障害 system:lgwan 2016年", value_of=lambda field, value: value.upper())
    assert query.fields == (("system", ("LGWAN",)),)
    assert [word.text for group in query.groups for word in group] == ["障害", "2016年"]
