from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import wareki
from portal.core.wareki import format_wareki, parse_day


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(1873, 1, 1), "明治6年1月1日"),
        (date(1912, 7, 29), "明治45年7月29日"),
        (date(1912, 7, 30), "大正元年7月30日"),
        (date(1926, 12, 24), "大正15年12月24日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(2016, 10, 13), "平成28年10月13日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2020, 2, 29), "令和2年2月29日"),
    ],
)
def test_days_are_written_in_their_era(day, text):
    assert format_wareki(day) == text
    assert parse_day(text) == day


def test_days_before_the_gregorian_calendar_are_not_converted():
    with pytest.raises(ValueError, match="1873"):
        format_wareki(date(1872, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("平成 28 年 10 月 13 日", date(2016, 10, 13)),
        ("２０１６年５月２５日", date(2016, 5, 25)),
        ("H27.3.31", date(2015, 3, 31)),
        ("ｈ２７．３．３１", date(2015, 3, 31)),
        ("r8/4/1", date(2026, 4, 1)),
        ("R元.5.1", date(2019, 5, 1)),
        ("令和1年5月1日", date(2019, 5, 1)),
        ("㍻元年1月8日", date(1989, 1, 8)),
        ("平成二十八年十月十三日", date(2016, 10, 13)),
        ("二〇一六年十月三十一日", date(2016, 10, 31)),
        ("2016-10-13", date(2016, 10, 13)),
        ("2016／10／13", date(2016, 10, 13)),
        ("20161013", date(2016, 10, 13)),
        ("　2016年10月13日　", date(2016, 10, 13)),
        ("2016‐10‐13", date(2016, 10, 13)),
        ("明治45年7月30日", date(1912, 7, 30)),
    ],
)
def test_days_are_read_in_any_width_and_style(text, day):
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1/20", wareki.NOT_A_DAY),
        ("", wareki.NOT_A_DAY),
        ("16-10-13", wareki.NOT_A_DAY),
        ("2016-10/13", wareki.NOT_A_DAY),
        ("2016年10月", wareki.NOT_A_DAY),
        ("十十年一月一日", wareki.NOT_A_DAY),
        ("2016-10-13" * 50, wareki.NOT_A_DAY),
        ("2015-02-29", wareki.NO_SUCH_DAY),
        ("平成27年2月29日", wareki.NO_SUCH_DAY),
        ("2016-13-01", wareki.NO_SUCH_DAY),
        ("0000-01-01", wareki.NO_SUCH_DAY),
        ("昭和64年1月8日", wareki.NOT_IN_ERA),
        ("平成31年5月1日", wareki.NOT_IN_ERA),
        ("令和元年4月30日", wareki.NOT_IN_ERA),
        ("令和0年5月1日", wareki.NOT_IN_ERA),
        ("令和9999年5月1日", wareki.NOT_IN_ERA),
        ("明治5年1月1日", wareki.BEFORE_1873),
    ],
)
def test_what_is_no_day_is_refused_with_a_plain_message(text, message):
    with pytest.raises(ValueError) as caught:
        parse_day(text)
    assert str(caught.value) == message


@given(st.dates(min_value=date(1873, 1, 1), max_value=date(2200, 1, 1)))
def test_every_day_survives_being_written_and_read(day):
    assert parse_day(format_wareki(day)) == day
    assert parse_day(day.isoformat()) == day


MESSAGES = {wareki.NOT_A_DAY, wareki.NO_SUCH_DAY, wareki.NOT_IN_ERA, wareki.BEFORE_1873}


def _answer(text):
    try:
        return parse_day(text)
    except ValueError as error:
        return str(error)


@given(st.text(alphabet="0123456789年月日元平成令和昭HRS-/. 〇一十", max_size=14))
def test_no_text_makes_the_reader_fail_otherwise(text):
    answer = _answer(text)
    assert isinstance(answer, date) or answer in MESSAGES


@pytest.mark.parametrize(
    ("text", "number"),
    [("一", 1), ("十", 10), ("十一", 11), ("二十", 20), ("九十九", 99), ("二〇一六", 2016), ("元", 1), ("〇", 0)]
    + [(none, None) for none in ("", "十十", "百", "三二十", "2", "十二三")],
)
def test_a_number_in_kanji_is_read_as_it_is_said_or_digit_by_digit(text: str, number: int | None) -> None:
    assert wareki.kanji_number(text) == number
