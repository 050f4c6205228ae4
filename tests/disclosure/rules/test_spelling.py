"""Which characters an officer is warned of."""

from __future__ import annotations

import pytest

from disclosure.rules.spelling import rare_characters


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("見本　太郎", []),
        ("ミホン　ﾀﾛｳ", []),
        ("SAMPLE　ＭＡＲＩＡ", []),
        ("髙橋", [("髙", "U+9AD9", "高")]),
        ("𠮷田𠮷", [("𠮷", "U+20BB7", "吉")]),
        ("葛\U000e0100飾区", [("葛\U000e0100", "U+845B U+E0100", "葛")]),
        ("渡邉", [("邉", "U+9089", "辺")]),
    ],
)
def test_rare_and_variant_characters_are_named_once(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(row.text, row.codepoints, row.key) for row in rare_characters(text)] == found
