"""The name of a report's file, by the rule of the notice."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discrepancy.rules.report_name import MARK, ReportName, read_file_name, read_title
from portal.core.errors import Invalid
from portal.core.numbers import complete_local_government_code

TOWN = ReportName(date(2017, 7, 19), "011011", 1, "北海道札幌市")


def test_a_name_is_built_as_the_notice_shows_it() -> None:
    assert TOWN.file_name == "17071901101-01 北海道札幌市【顛末報告書】.xlsx"
    ministry = ReportName(date(2026, 11, 2), "", 12, "見本省")
    assert ministry.title == "261102-12 見本省【顛末報告書】"


@pytest.mark.parametrize(
    ("said", "mended"),
    [
        ("17071901101-01 北海道札幌市【顛末報告書】.xlsx", False),
        ("17071901101-01　北海道札幌市【顛末報告書】.xlsx", True),
        ("１７０７１９０１１０１－０１ 北海道札幌市【顛末報告書】.xlsx", True),
        ("17071901101-01 北海道札幌市【顛末報告書】 (1).XLSX", True),
        ("17071901101-01 北海道札幌市【顛末報告書】 - コピー.xlsx", True),
    ],
)
def test_a_name_is_read_as_it_was_meant(said: str, mended: bool) -> None:
    read = read_file_name(said)
    assert (read.name, read.mended) == (TOWN, mended)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("17071901101-01 北海道札幌市.xlsx", "must end in"),
        ("北海道札幌市【顛末報告書】.xlsx", "begin with the day"),
        ("17133101101-01 北海道札幌市【顛末報告書】.xlsx", "not a day"),
        ("17071901101 北海道札幌市【顛末報告書】.xlsx", "number of the report"),
        ("17071901101-00 北海道札幌市【顛末報告書】.xlsx", "number of the report"),
        ("17071948101-01 北海道札幌市【顛末報告書】.xlsx", "not the code"),
        ("17071901101-01北海道札幌市【顛末報告書】.xlsx", "a space and the name"),
        ("17071901101-01 北海道札幌市【顛末報告書】.xls", "workbook"),
        ("170719011011-01 北海道札幌市【顛末報告書】.xlsx", "number of the report"),
    ],
)
def test_what_is_against_the_rule_is_named(said: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        read_file_name(said)


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.integers(1, 47),
    st.integers(0, 999),
    st.integers(1, 99),
    st.text("北海道東京都市町村ヶ々〇", min_size=1, max_size=12),
)
def test_every_name_that_is_built_reads_as_itself(day: date, prefecture: int, body: int, nth: int, name: str) -> None:
    made = ReportName(day, complete_local_government_code(f"{prefecture:02}{body:03}"), nth, name)
    read = read_title(made.title)
    assert read.name == made
    assert not read.mended
    assert made.title.count(MARK) == 1
