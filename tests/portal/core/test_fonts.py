import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import fonts
from portal.core.fonts import problems, runs


def test_this_machine_has_all_fonts_of_the_letters():
    assert fonts.missing() == []


def test_a_missing_font_is_named(monkeypatch):
    monkeypatch.setattr(fonts, "FACES", (*fonts.FACES, fonts.Face("x", "nowhere.ttf", "Nowhere")))
    assert fonts.missing() == ["nowhere.ttf"]


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("", []),
        ("ご通知 ABC 123\n", [("", "ご通知 ABC 123\n")]),
        ("髙﨑濵𩸽𠮟㐂𣘺", [("", "髙﨑濵𩸽𠮟㐂𣘺")]),
        ("𠮷田", [("ipamj", "𠮷"), ("", "田")]),
        ("葛\U000e0100城", [("", "葛\U000e0100城")]),  # a selector of Adobe-Japan1
        ("葛\U000e0102城", [("ipamj", "葛\U000e0102"), ("", "城")]),  # a selector of Moji_Joho
        ("渡邉\U000e0110", [("", "渡"), ("ipamj", "邉\U000e0110")]),
        ("渡邊\U000e0111𠮷", [("", "渡"), ("ipamj", "邊\U000e0111𠮷")]),
        ("か\u3099", [("", "か\u3099")]),
    ],
)
def test_each_character_gets_the_first_font_that_has_exactly_it(text, stretches):
    assert problems(text) == []
    assert runs(text) == stretches


def test_what_only_the_third_font_has_is_found_there():
    assert runs("안") == [("noto", "안")]


@pytest.mark.parametrize(
    ("text", "cluster", "codepoints", "reason"),
    [
        ("葛\U000e01ef", "葛\U000e01ef", ("U+845B", "U+E01EF"), fonts.NO_VARIANT),
        ("あ\ue000", "\ue000", ("U+E000",), fonts.PRIVATE),
        ("\U000f0000", "\U000f0000", ("U+F0000",), fonts.PRIVATE),
        ("\U00030000", "\U00030000", ("U+30000",), fonts.NO_GLYPH),
        ("\U000e0100", "\U000e0100", ("U+E0100",), fonts.NO_VARIANT),
        ("ក", "ក", ("U+1780",), fonts.NO_GLYPH),
        ("ا", "ا", ("U+0627",), fonts.RTL),
        ("ש", "ש", ("U+05E9",), fonts.RTL),
        ("a\x07", "\x07", ("U+0007",), fonts.CONTROL),
        ("a\x7f", "\x7f", ("U+007F",), fonts.CONTROL),
    ],
)
def test_what_no_font_has_is_named_with_its_code_points(text, cluster, codepoints, reason):
    assert problems(text) == [fonts.Missing(cluster, codepoints, reason)]


@pytest.mark.parametrize("text", ["a\u202eb", "a\u200bb", "\ufffd"])
def test_invisible_and_damaged_characters_are_not_printed(text):
    assert len(problems(text)) == 1


def test_each_cluster_is_named_once():
    assert len(problems("\ue000あ\ue000い\ue000")) == 1


@given(st.text(alphabet="あ葛邉𠮷a\U000e0100\U000e0102\U000e0110 \n안\u3099", max_size=30))
def test_stretches_lose_nothing(text):
    assert "".join(run for _, run in runs(text)) == text
