import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import detectors
from portal.core.detectors import mask, refuse, scan
from portal.core.errors import Invalid
from portal.core.numbers import is_my_number

DUMMIES = ["123456789018", "023456789013", "987654321093", "111111111118"]


@pytest.mark.parametrize(
    ("text", "verdict", "rule"),
    [
        ("123456789018", "block", "my-number"),
        ("1234-5678-9018", "block", "my-number"),
        ("１２３４　５６７８　９０１８", "block", "my-number"),
        ("一二三四五六七八九〇一八", "block", "my-number"),
        ("7000012050002", "pass", None),
        ("090-1234-5678", "pass", None),
        ("マイナンバー：123456789012", "block", "my-number-keyword"),
        ("処理通番 20260401123456", "pass", None),
        ("2026/04/01 12:34:56", "pass", None),
        ("12345678901 8", "block", "my-number"),
        ("123\u200b456789018", "block", "my-number"),
        ("1 2 3 4 5 6 7 8 9 0 1 8", "block", "my-number"),
        ("12345678901234567890123", "block", "application-id"),
        ("住民票コード 24727059608", "block", "resident-record-code"),
        ("住基 090-1234-5678", "pass", None),
        ("123456789012", "pass", None),
    ],
)
def test_the_table_of_the_rules(text, verdict, rule):
    result = scan(text)
    assert result.verdict == verdict
    assert [f.rule for f in result.findings] == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("123-4567-89018", "warn"),  # right check digit, odd grouping
        ("個人番号 123-4567-89018", "block"),
        ("1234-5678 9018", "warn"),  # two kinds of separators
        ("1234-5678-9012", "pass"),
        ("My Number 1234-5678-9012", "block"),
        ("ＭＹ　ＮＵＭＢＥＲ 1234-5678-9012", "block"),
        ("ﾏｲﾅﾝﾊﾞｰ 123456789012", "block"),
        ("１２桁の番号は 123456789012", "block"),
        ("マイナンバー" + "あ" * 40 + "123456789012", "block"),
        ("マイナンバー" + "あ" * 41 + "123456789012", "pass"),
        ("123456789012" + "あ" * 40 + "番号カード", "block"),
        ("123456789012" + "あ" * 41 + "番号カード", "pass"),
        ("000000000000", "block"),
        ("○○○○○○○○○○○○", "pass"),
        ("〇〇〇〇〇〇〇〇〇〇〇〇", "pass"),
        ("一二三四五六七八九○一八", "block"),
        ("壱弐参四五六七八九零壱八", "block"),
        ("二〇一〇年一二月三一日", "pass"),
        ("①②③④⑤⑥⑦⑧⑨⓪①⑧", "block"),
        ("1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣0️⃣1️⃣8️⃣", "block"),
        ("１２３４・５６７８・９０１８", "block"),
        ("1234\r\n5678\r\n9018", "block"),
        ("scan_1234_5678_9018.jpg", "block"),
        ("法人番号 7000012050002", "pass"),
        ("法人番号 7-0000-1205-0002", "pass"),
        ("個人番号 7000012050002", "pass"),
        ("個人番号 9123456789018", "block"),
        ("9123456789018", "pass"),
        ("個人番号 20260401123456789018", "block"),
        ("1234 5678 9012 3456 7890 123", "block"),
        ("住民票コード 2472-7059-608", "block"),
        ("住民票コード 247-270-59608", "pass"),
        ("24727059608", "pass"),
        ("2026/04/01 123456789018", "block"),
        ("2026/04/01 1234-5678-9018", "block"),
        ("1,123456789018,山田", "block"),
        ("123456789018\n987654321093", "block"),
        ("1234 5678 9018\n9876 5432 1093", "block"),
        ("個人番号 1234 5678 9018 2026", "block"),
        ("1234 5678 9018 2026", "pass"),
    ],
)
def test_the_rules_at_their_edges(text, verdict):
    assert scan(text).verdict == verdict


HARMLESS = [
    "平成28年10月13日付け総行住第123号、平成28.5.25から2016-10-13まで141日",
    "電話 03-5000-0000 FAX 03(5000)0000 携帯 070-0000-0000、0120-00-0000(平日9:30~20:00)",
    "182 113 32 37\n1,234 2,345 3,456 4,567\n12,345,678枚 5,300万通 2万6千枚",
    "二〇一六年一月十三日から一月二十五日まで、計七回、延べ約五万二千枚",
    "予算 1,234,567,890円 及び 98,765,432円、差額 12.5％、3.14159265",
    "第1 1 (1) ア (ア) ①②③ 別紙1-2-3 第10条第2項第3号",
    "〒100-0000 東京都千代田区霞が関0-0-0 サンプルビル12階",
    "コード 131229 202011 372030、受付番号 R08-001234-K、版 70.0.1",
    "2016/05/25 09:00:00 2016/10/13 17:15:00",
    "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
    "20151005_20161013_total.csv",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_letters_and_reports_are_left_in_peace(text):
    assert scan(text).findings == ()


def _spell(draw, digits):
    style = draw(st.sampled_from(["ascii", "full", "circled", "kanji", "arabic", "bold", "mixed"]))
    table = {
        "ascii": "0123456789",
        "full": "０１２３４５６７８９",
        "circled": "⓪①②③④⑤⑥⑦⑧⑨",
        "kanji": "〇一二三四五六七八九",
        "arabic": "٠١٢٣٤٥٦٧٨٩",
        "bold": "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    }
    if style == "mixed":
        return [draw(st.sampled_from([table["ascii"], table["full"]]))[int(d)] for d in digits]
    return [table[style][int(d)] for d in digits]


@st.composite
def written_numbers(draw):
    digits = draw(st.sampled_from(DUMMIES))
    sizes = draw(
        st.sampled_from([(12,), (4, 4, 4), (3, 3, 3, 3), (6, 6), (2,) * 6, (1,) * 12, (4, 8), (8, 4), (11, 1)])
    )
    separator = draw(st.sampled_from([*list("-‐‑‒–—−―ー－・･.．,，/／ \u3000\t\xa0_\n"), "\r\n"]))
    invisible = draw(
        st.sampled_from(["", "", "\u200b", "\u200d", "\u00ad", "\ufe0f", "\u2060", "\U000e0100", "\u0332"])
    )
    chars, groups = _spell(draw, digits), []
    for size in sizes:
        groups.append(invisible.join(chars[:size]))
        chars = chars[size:]
    return separator.join(groups)


AROUND = st.sampled_from(["", "あ", "番号は", "。", "(", "\n\n", "abc ", "：", "年", "円 "])


@given(written_numbers(), AROUND, AROUND)
def test_every_spelling_width_and_separator_is_blocked(number, before, after):
    text = before + number + after
    result = scan(text)
    assert result.verdict == "block"
    found = result.findings[0]
    assert text[found.start : found.start + found.length] == number
    with pytest.raises(Invalid):
        refuse(text)


@given(st.text(alphabet="0123456789０１-　 /一二〇年個人番号\u200b\n", max_size=80))
def test_positions_lie_in_the_text_and_masking_hides_what_was_found(text):
    for finding in scan(text).findings:
        assert 0 <= finding.start < finding.start + finding.length <= len(text)
    assert len(mask(text)) == len(text)


@given(st.text(alphabet="0123456789", min_size=12, max_size=12))
def test_twelve_digits_alone_are_blocked_exactly_when_the_check_digit_is_right(digits):
    assert (scan(digits).verdict == "block") == is_my_number(digits)
    assert detectors._hides_my_number(digits) == is_my_number(digits)


def test_masking_draws_dots_over_the_number_alone():
    assert mask("番号は1234-5678-9018です") == "番号は••••••••••••••です"


def test_a_finding_does_not_carry_the_number():
    assert "123456789018" not in repr(scan("x 123456789018"))


def test_harmless_text_is_not_refused():
    refuse("電話 090-1234-5678")


@pytest.mark.parametrize(
    "unit",
    [
        "個人番号の記載はありません。",
        "1",
        "1 ",
        "1\u200b \u200b",
        "1-2 ",
        "1234 5678 9012\n",
        "一",
        "マイナンバー123456789012a",
    ],
)
def test_time_grows_with_the_length_and_not_with_its_square(unit):
    def seconds(size):
        text = unit * (size // len(unit))
        start = time.thread_time()
        scan(text)
        return time.thread_time() - start

    seconds(10_000)
    small, large = (min(seconds(size) for _ in range(3)) for size in (50_000, 400_000))
    assert large < 8 * 5 * small + 0.2


def test_five_megabytes_are_scanned_in_seconds():
    text = "通知カードの返戻は平成28年3月31日現在で1,234,567通、電話03-5000-0000。" * 110_000
    assert len(text) > 5_000_000
    start = time.thread_time()
    assert scan(text).verdict == "pass"
    assert time.thread_time() - start < 20
