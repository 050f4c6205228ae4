"""The labels of numbered items as letters write them: [1] (１) １） １． 第１ ① ア (ア) (a) 一、 問１, mixed.

Widths are folded for the label alone, character by character; the text behind it stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from portal.core.wareki import kanji_number


class Style(StrEnum):
    """How a label is written. Items of one style under one parent are a list."""

    SQUARE = "square"  # [1] ［１］ 【1】
    ARTICLE = "article"  # 第１
    ASKED = "asked"  # 問１ 質問１ Q1
    ROMAN = "roman"  # Ⅰ
    KANJI = "kanji"  # 一、
    PLAIN = "plain"  # 1. １、
    PAREN = "paren"  # (1) （１） (１）
    CLOSING = "closing"  # 1) １）
    CIRCLED = "circled"  # ①
    KATAKANA = "katakana"  # ア
    PAREN_KATAKANA = "paren-katakana"  # (ア)
    LATIN = "latin"  # a) (a)
    BULLET = "bullet"  # ・ ○ -


@dataclass(frozen=True)
class Label:
    """A label at the head of a line: its style, its number (a bullet has 0) and how it was written."""

    style: Style
    number: int
    written: str


KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_KANJI = "一二三四五六七八九十"
_GAP = r"[ \t\u3000]"
_END = rf"(?:{_GAP}+|$)"
_STOP = rf"(?:[.、,:](?!\d){_GAP}*|\u3000+|\t+|{_GAP}{{2,}}|$)"
_BULLETS = "・●○◯■□◆◇▪•*‣-"

_CIRCLED = {chr(0x2460 + n): n + 1 for n in range(20)} | {chr(0x3251 + n): n + 21 for n in range(15)}
_ROMAN = {chr(0x2160 + n): n + 1 for n in range(12)}


def _kanji(text: str) -> int:
    """一 to 九十九; 0 for digits side by side, which are no number here: 二三、 says “two or three”."""
    return 0 if len(text) > 1 and "十" not in text else kanji_number(text) or 0


def _latin(text: str) -> int:
    return ord(text.lower()) - ord("a") + 1


Reader = Callable[[str], int]
# In the order in which they are tried; the group "n" is the number. Matched on the folded line.
_SHAPES: tuple[tuple[Style, re.Pattern[str], Reader], ...] = tuple(
    (style, re.compile(pattern), reader)
    for style, pattern, reader in (
        (Style.ASKED, rf"[\[【<]?(?:質問|設問|問い?|Q(?:uestion)?){_GAP}*(?P<n>\d{{1,3}})[\]】>]{_GAP}*", int),
        (Style.ASKED, rf"(?:質問|設問|問い?|Q(?:uestion)?){_GAP}*(?P<n>\d{{1,3}})(?:[.、:)](?!\d){_GAP}*|{_END})", int),
        (Style.SQUARE, rf"[\[【〔]{_GAP}*(?P<n>\d{{1,3}}){_GAP}*[\]】〕]{_GAP}*", int),
        (Style.ARTICLE, rf"第{_GAP}*(?P<n>\d{{1,3}}){_STOP}", int),
        (Style.ARTICLE, rf"第(?P<n>[{_KANJI}]{{1,3}}){_STOP}", _kanji),
        (Style.ROMAN, rf"(?P<n>[Ⅰ-Ⅻ])(?:[.、:)]{_GAP}*|{_GAP}+|$)", lambda text: _ROMAN[text]),
        (Style.KANJI, rf"(?P<n>[{_KANJI}]{{1,3}}){_STOP}", _kanji),
        (Style.PAREN, rf"\({_GAP}*(?P<n>\d{{1,3}}){_GAP}*\){_GAP}*", int),
        (Style.CLOSING, rf"(?P<n>\d{{1,3}})\){_GAP}*", int),
        (Style.PLAIN, rf"(?P<n>\d{{1,3}}){_STOP}", int),
        (Style.CIRCLED, rf"(?P<n>[①-⑳㉑-㉟]){_GAP}*", lambda text: _CIRCLED[text]),
        (Style.PAREN_KATAKANA, rf"\((?P<n>[{KATAKANA}])\){_GAP}*", lambda text: KATAKANA.index(text) + 1),
        (Style.KATAKANA, rf"(?P<n>[{KATAKANA}])(?:[.、:)]{_GAP}*|{_GAP}+)", lambda text: KATAKANA.index(text) + 1),
        (Style.LATIN, rf"\(?(?P<n>[a-zA-Z])\){_GAP}*", _latin),
        (Style.BULLET, rf"(?P<n>[{re.escape(_BULLETS)}]){_GAP}*", lambda _text: 0),
    )
)


def fold(text: str) -> str:
    """The text in one width, as long as it was, so that a place in it is the same place in the text."""
    return "".join(_fold(char) for char in text)


def _fold(char: str) -> str:
    if char in _CIRCLED or char in _ROMAN:
        return char
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 and char != "\u3000" else char


def read_label(line: str) -> tuple[Label, str] | None:
    """The label that a line begins with and the text behind it; None where it begins with none."""
    start = len(line) - len(line.lstrip())
    rest = line[start:]
    folded = fold(rest)
    for style, pattern, reader in _SHAPES:
        found = pattern.match(folded)
        if found is None:
            continue
        number = reader(found["n"])
        if number or style is Style.BULLET:
            return Label(style, number, rest[: found.end()].strip()), rest[found.end() :]
    return None
