"""Folding, and the way back to the original characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import days, numerals
from search.analyzer import tokens
from search.stems import forms, stem
from search.text import fold, folded


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ｻｰﾊﾞｰ", "サーバー"),
        ("サ－バ−", "サーバー"),
        ("マイナンバー－カード", "マイナンバー-カード"),
        ("２６，０００枚", "26000枚"),
        ("1,234,567", "1234567"),
        ("1,2,345", "1,2345"),
        ("12,34", "12,34"),
        ("葛\U000e0100飾区", "葛飾区"),
        ("國學髙﨑", "国学高崎"),
        ("Café ＬＧＷＡＮ", "cafe lgwan"),
        ("中継サー\nバの", "中継サーバの"),
        ("文。\n\n次の文", "文。\n次の文"),
        ("two\nlines  here", "two lines here"),
        ("ソフトウェア・バグ", "ソフトウェアバグ"),
        ("問い・答え", "問い・答え"),
        ("霞ヶ関", "霞ケ関"),
        ("か\u3099", "が"),
        ("\x00\x1f", " "),
    ],
)
def test_what_looks_the_same_folds_to_the_same(text: str, wanted: str) -> None:
    assert folded(text) == wanted


@pytest.mark.parametrize("text", ["メモ", "めも", "サーバ", "障害"])
def test_kana_are_kept_as_they_are(text: str) -> None:
    assert folded(text) == text


def test_a_part_is_found_where_it_stood() -> None:
    text = "前㈱２６，０００枚、ﾌﾟﾛｸﾞﾗﾑと葛\U000e0100飾区\n\nの後"
    result = fold(text)
    for part, original in [
        ("26000", "２６，０００"),
        ("プログラム", "ﾌﾟﾛｸﾞﾗﾑ"),
        ("葛飾", "葛\U000e0100飾"),
        ("(株)", "㈱"),
        ("株", "㈱"),
    ]:
        at = result.text.index(part)
        start, end = result.span(at, at + len(part))
        assert text[start:end] == original


@given(st.text(max_size=80))
def test_every_span_lies_in_the_original_and_is_not_empty(text: str) -> None:
    result = fold(text)
    last = 0
    for at in range(len(result.text)):
        start, end = result.span(at, at + 1)
        assert 0 <= last <= start < end <= len(text)
        last = start


@given(st.text(max_size=80))
def test_no_separator_comes_out_of_folding(text: str) -> None:
    assert "\x00" not in folded(text)


@given(st.integers(0, 10**12))
def test_every_spelling_of_a_number_reads_back(number: int) -> None:
    for form in numerals.spellings(str(number)):
        assert numerals.read(form) == str(number), form


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2万6千枚", ["26000"]),
        ("千葉と十分と一部", []),
        ("3億5千万円", ["350000000"]),
        ("IPv6と2.5%", ["2.5"]),
        ("0120", ["0120"]),
        ("1.2.3", ["1", "2", "3"]),
        ("万一", []),
        ("第三報", ["3"]),
    ],
)
def test_numbers_are_read(text: str, values: list[str]) -> None:
    assert [value for _, _, value in numerals.find(folded(text))] == values


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("平成28年10月13日", ["2016-10-13"]),
        ("令和元年5月1日", ["2019-05-01"]),
        ("２０１６年１月", ["2016-01"]),
        ("平成28年度", ["2016"]),
        ("28 January 2016 and January 28, 2016", ["2016-01-28", "2016-01-28"]),
        ("2016.1.28 H28/1/28", ["2016-01-28", "2016-01-28"]),
        ("平成28年13月1日 2016-02-31", []),
        ("1月28日", []),
    ],
)
def test_days_are_read_in_either_calendar(text: str, names: list[str]) -> None:
    assert [moment.name() for _, _, moment in days.find(folded(text))] == names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("servers", "server"),
        ("cities", "city"),
        ("stopped", "stop"),
        ("issuing", "issued"),
        ("notices", "notice"),
        ("failing", "failed"),
    ],
)
def test_english_forms_meet(one: str, other: str) -> None:
    assert stem(one) == stem(other)
    import re

    assert re.fullmatch(forms(other), one)


@pytest.mark.parametrize("word", ["status", "address", "this", "ring", "bed", "ids"])
def test_short_and_unchanging_words_are_left(word: str) -> None:
    assert stem(word) == word


def test_tokens_of_a_sentence() -> None:
    found = tokens(folded("J-LISは2016年1月18日に2万6千枚のｶｰﾄﾞを止めた"))
    assert {"w:jlis", "w:lis", "d:2016-01-18", "d:2016-01", "d:2016", "n:26000", "カー", "ード", "枚"} <= found
    assert "28" not in found
