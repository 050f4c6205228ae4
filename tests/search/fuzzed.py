"""Queries of all kinds of pieces, put together by chance: what nobody types, and what somebody does."""

from collections.abc import Iterator
from random import Random

_MARKS = '"“”「」『』-－ー―|｜()（）[]{}*?:：=^~〜～\\/+&.,、。・%#@<>\x00\t\n'
_WORDS = (
    " ", "　", " OR ", " または ", " NOT ", " AND ", " かつ ",
    "サーバ", "サーバー", "ｻｰﾊﾞｰ", "カード", "区", "障害", "葛飾区", "うるう日", "ー" * 30, "アイスー" * 12,
    "2万6千", "二千三百", "26,000", "9" * 60, "万億兆", "1.2.3", "平成28年", "H28.1.18", "昭和64年13月40日",
    "2016-01..", "..2016", "期間:2016〜2017",
    "kind:", "year:平成", "system:" + "x" * 90, "since:2016", "until:", "area:131229",
    "relay", "servers", "J-LIS", "a-b-c-d-e-f-g", "the", "é", "ß", "ﬁ", "İ", "chuukei", "tsu" * 20, "っ" * 20,
    "ﾞ", "\u3099", "\ufe00", "\U000e0100", "𠮷", "👪", "\u202e", "\ud800", "ทดสอบ", "서버", "ⅷ", "㍻", "№",
)  # fmt: skip
_PIECES = (*_MARKS, *_WORDS)


def queries(count: int, seed: int) -> Iterator[str]:
    """So many texts, the same ones for a seed; some of them longer than a query may be."""
    chance = Random(seed)
    for _ in range(count):
        size = chance.choice((1, 2, 3, 5, 8, 13, 40))
        yield "".join(chance.choice(_PIECES) * chance.choice((1, 1, 1, 2, 7)) for _ in range(size))
