import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import names
from portal.core.names import graphemes, problem, search_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "やまだ　 たろう"),
        ("髙橋", "高橋"),
        ("﨑山", "崎山"),
        ("渡邉", "渡辺"),
        ("渡邊\U000e0111", "渡辺"),
        ("葛\U000e0102飾", "葛飾"),
        ("𠮷野", "吉野"),
        ("齋藤", "斉藤"),
        ("濵田", "浜田"),
        ("\ufa19谷", "神谷"),
        ("ＳＭＩＴＨ，Ｊ．", "smith,j."),
        ("か゛", "ガ"),
        ("か\u3099", "ガ"),
        ("株式会社㈱", "株式会社(株)"),
        (" 山田\u200b 太郎 ", "山田 太郎"),
    ],
)
def test_spellings_of_one_name_meet_under_one_key(one, other):
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("シヤ", "シャ"), ("ハ", "バ"), ("山田太郎", "山田 太郎"), ("大田", "太田")]
)
def test_different_names_keep_different_keys(one, other):
    assert search_key(one) != search_key(other)


@given(st.text(max_size=40))
def test_the_key_of_a_key_is_the_key(text):
    key = search_key(text)
    assert search_key(key) == key


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("", []),
        ("山田", ["山", "田"]),
        ("葛\U000e0102飾", ["葛\U000e0102", "飾"]),
        ("𠮷", ["𠮷"]),
        ("か\u3099き", ["か\u3099", "き"]),
        ("ﾊﾞｶ", ["ﾊﾞ", "ｶ"]),
        ("👨\u200d👩\u200d👧👍🏽", ["👨\u200d👩\u200d👧", "👍🏽"]),
        ("🇯🇵🇯🇵🇯", ["🇯🇵", "🇯🇵", "🇯"]),
        ("한글", ["한", "글"]),
        ("가각", ["가", "각"]),
        ("a\r\nb\n\u0301", ["a", "\r\n", "b", "\n", "\u0301"]),
        ("क्\u200dष", ["क्\u200d", "ष"]),
    ],
)
def test_graphemes_are_what_a_reader_counts(text, clusters):
    assert graphemes(text) == clusters


@given(st.text(max_size=60))
def test_graphemes_lose_nothing(text):
    assert "".join(graphemes(text)) == text


def test_graphemes_of_a_long_heap_of_marks_are_found_in_a_moment():
    assert len(graphemes("a" + "\u0301" * 300_000)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "山田　太郎",
        "葛\U000e0102城",
        "邉\U000e0110",
        "𠮷田",
        "神\ufe00",
        "O’Brien, J.-P.",
        "Nguyễn Văn Ñ",
        "か\u3099",
        "ヴァ・ー",
        "\U0002f8b0",
        "\U00031350",  # a kanji of Unicode 15, younger than this interpreter's tables
        "क्\u200dष",
        "1-2-3 丸の内ビル 4階",
    ],
)
def test_names_of_the_world_are_accepted_as_they_are(text):
    assert problem(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a\x00b", names.CONTROL),
        ("a\nb", names.CONTROL),
        ("a\tb", names.CONTROL),
        ("a\u2028b", names.CONTROL),
        ("\ue000田", names.PRIVATE),
        ("\U000f0000", names.PRIVATE),
        ("\U00100000", names.PRIVATE),
        ("\ufffd", names.DAMAGED),
        ("\udc42田", names.DAMAGED),
        ("\uffff", names.DAMAGED),
        ("\ufdd0", names.DAMAGED),
        ("a\u202eb", names.DIRECTION),
        ("a\u2066b", names.DIRECTION),
        ("a\u200bb", names.INVISIBLE),
        ("a\u00adb", names.INVISIBLE),
        ("\ufeffa", names.INVISIBLE),
        ("\u3164", names.INVISIBLE),
        ("\U000e0041", names.INVISIBLE),
        ("\U000e0100葛", names.STRAY_MARK),
        ("葛\U000e0100\U000e0101", names.STRAY_MARK),
        ("葛 \U000e0100", names.STRAY_MARK),
        ("\u3099か", names.STRAY_MARK),
        ("\u200d", names.STRAY_MARK),
        ("Z" + "\u0301" * 9, names.TOO_MANY_MARKS),
    ],
)
def test_what_no_letter_can_print_is_refused_with_its_reason(text, reason):
    assert problem(text) == reason


def test_several_lines_may_hold_line_breaks_and_tabs_only():
    assert problem("一行目\r\n二行目\n\t三行目", lines=True) is None
    assert problem("a\rb", lines=True) == names.CONTROL
    assert problem("a\x0bb", lines=True) == names.CONTROL


@given(st.text(max_size=60))
def test_no_text_makes_the_check_fail(text):
    assert problem(text) is None or isinstance(problem(text), str)
