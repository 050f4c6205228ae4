"""What the parts of the list's address mean."""

from __future__ import annotations

from datetime import date

import pytest

from content.rules import asking
from content.rules.asking import ENDS_EARLIER, NOT_A_PERIOD, bound, read
from content.rules.filters import Filters, Sort


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016年", date(2016, 1, 1), date(2016, 12, 31)),
        ("２０１６－０２", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016/2", date(2016, 2, 1), date(2016, 2, 29)),
        ("平成28年2月", date(2016, 2, 1), date(2016, 2, 29)),
        ("H28", date(2016, 1, 1), date(2016, 12, 31)),
        ("令和元年", date(2019, 5, 1), date(2019, 12, 31)),
        ("平成31年", date(2019, 1, 1), date(2019, 4, 30)),
        ("平成28年10月13日", date(2016, 10, 13), date(2016, 10, 13)),
        ("2016-10-13", date(2016, 10, 13), date(2016, 10, 13)),
    ],
)
def test_a_year_a_month_and_a_day_are_read_in_either_calendar(text: str, first: date, last: date) -> None:
    assert (bound(text, last=False), bound(text, last=True)) == (first, last)


@pytest.mark.parametrize("text", ["", "16", "2016-13", "2016-02-30", "平成99年1月", "yesterday", "10月"])
def test_what_is_no_period_is_refused(text: str) -> None:
    for last in (False, True):
        with pytest.raises(ValueError):
            bound(text, last=last)


def test_every_part_of_an_address_is_read() -> None:
    asked = read(
        {
            "system": "jpki", "from": "2016-01", "to": "平成28年3月", "area": "13", "wide": "yes", "cause": "capacity",
            "cause_status": "presumed", "severity": "3", "state": "closed", "kind": "incident", "exercise": "no",
            "sort": "said", "page": "2", "lang": "x",
        }
    )  # fmt: skip
    assert asked.filters == Filters(
        "jpki", date(2016, 1, 1), date(2016, 3, 31), "capacity", "presumed", 3, "13", True, "closed", "incident", False
    )
    assert (asked.sort, asked.errors) == (Sort.SAID, {})
    assert set(asked.typed) == set(asking.NAMES)
    assert "area" not in asked.without("area", "wide")
    assert asked.without("area")["wide"] == "yes"


def test_what_cannot_be_meant_is_not_asked_and_a_period_says_why() -> None:
    asked = read({"severity": "9", "area": "nowhere", "sort": "x", "exercise": "maybe", "from": "soon", "to": "2016"})
    assert asked.filters == Filters(last=date(2016, 12, 31))
    assert asked.errors == {"from": NOT_A_PERIOD}
    assert asked.typed["from"] == "soon"
    turned = read({"from": "2017", "to": "2016"})
    assert (turned.filters.last, turned.errors) == (None, {"to": ENDS_EARLIER})


def test_a_year_of_older_addresses_is_a_period() -> None:
    assert read({"year": "2016"}).filters == Filters.of_year(2016)
    assert read({"year": "x"}).filters == Filters()
