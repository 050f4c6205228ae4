"""Folding of text for search only: what looks the same to a reader becomes the same string.

Width, half-width kana, digits, upper and lower case, accents, old and new forms of kanji, variation selectors,
thousands separators and line breaks inside Japanese sentences are folded away. Hiragana and katakana stay distinct,
because メモ inside ためも would otherwise be a hit. The folding of a character never depends on more than its direct
neighbours, so that a part of a text folds to a part of the folded text: searching stays searching for a substring.

The long-vowel mark is kept here and made optional by the query (`search.terms`).
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from search.kanji import modern

_MARKS = "\u0300-\u036f\u3099\u309a\uff9e\uff9f\ufe00-\ufe0f\U000e0100-\U000e01ef\u200b-\u200f\u2060\ufeff\u00ad"
_MARK = re.compile(f"[{_MARKS}]")
_UNIT = re.compile(rf"[^{_MARKS}][{_MARKS}]*|[{_MARKS}]+", re.S)
_DROPPED = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u200b-\u200f\u2060\ufeff\u00ad]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_HYPHENS = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\u2043\u02d7")
_HYPHEN = "\u2010"  # stands for every hyphen that is not ASCII until its neighbours are known
_DENSE = "\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_JAPANESE = rf"[{_DENSE}、。「」『』（）()・]"
# What is looked for comes first and its neighbours after it, so that only few places of a text are looked at closely.
_CONTEXT = re.compile(
    rf"[,・{_HYPHEN}\s](?:"
    rf"(?P<comma>(?<=[0-9],)(?=[0-9]{{3}}(?![0-9])))"
    rf"|(?P<dot>(?<=[ァ-ヺー]・)(?=[ァ-ヺ]))"
    rf"|(?P<wrap>(?<={_JAPANESE}\s)(?:(?<=\n)|(?<!\n)[^\S\n]*\n)[^\S\n]*(?={_JAPANESE}))"
    rf"|(?P<space>(?<=\s)\s+|(?<=[^\S ]))"  # a single space stays as it is
    rf"|(?P<vowel>(?<=[ァ-ヺ]{_HYPHEN}))"
    rf"|(?P<hyphen>(?<={_HYPHEN}))"
    rf")"
)
_CACHE_LIMIT = 60_000


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text, and where each of its characters stood in the original.

    `breaks` are pairs (folded index, original index); from one break to the next both run in step.
    """

    text: str
    breaks: tuple[tuple[int, int], ...]
    length: int

    def start(self, index: int) -> int:
        """Where the character at a folded index began in the original text."""
        if index >= len(self.text):
            return self.length
        if len(self.breaks) == 1:
            return self.breaks[0][1] + index - self.breaks[0][0]
        here, there = self.breaks[bisect_right(self.breaks, (index, self.length + 1)) - 1]
        return there + index - here

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original [start, end) of a non-empty folded [start, end)."""
        first, last = self.start(start), self.start(end - 1)
        return first, max(self.start(end), last + 1)


class _Units(dict[str, str]):
    """Folded form of one character with its marks, remembered."""

    def __missing__(self, unit: str) -> str:
        folded = _fold_unit(unit)
        if len(self) < _CACHE_LIMIT and len(unit) <= 3:
            self[unit] = folded
        return folded


def fold(text: str) -> Folded:
    """Fold a text for search and keep the way back to its original characters."""
    units = _UNIT.findall(text)
    pieces = [_KNOWN[unit] for unit in units]
    first = "".join(pieces)
    starts: list[int] | range
    if len(first) == len(text) == len(units):
        starts = range(len(text))
    else:
        starts = []
        at = 0
        for unit, piece in zip(units, pieces, strict=True):
            starts.extend([at] * len(piece))
            at += len(unit)
    return _mend(first, starts, len(text))


def folded(text: str) -> str:
    """Only the folded string."""
    units = _UNIT.findall(text) if _MARK.search(text) else text  # hardly any text has marks
    return _CONTEXT.sub(_replacement, "".join(map(_KNOWN.__getitem__, units)))


def _mend(first: str, starts: "list[int] | range", length: int) -> Folded:
    """The rules that look at a neighbour: separators, spaces, hyphens that stand for a long vowel."""
    out: list[str] = []
    kept: list[int] = []
    at = 0
    for found in _CONTEXT.finditer(first):
        begin, end = found.span()
        out.append(first[at:begin])
        kept.extend(starts[at:begin])
        replacement = _replacement(found)
        if replacement:
            out.append(replacement)
            kept.append(starts[begin])
        at = end
    if not out:
        return Folded(first, _breaks(starts), length)
    out.append(first[at:])
    kept.extend(starts[at:])
    return Folded("".join(out), _breaks(kept), length)


def _replacement(found: "re.Match[str]") -> str:
    match found.lastgroup:
        case "space":
            return "\n" if found.group().count("\n") > 1 else " "
        case "vowel":
            return "ー"
        case "hyphen":
            return "-"
    return ""


def _breaks(starts: "list[int] | range") -> tuple[tuple[int, int], ...]:
    if isinstance(starts, range) or not starts:
        return ((0, 0),)
    breaks = [(0, starts[0])]
    expected = starts[0]
    for index, start in enumerate(starts):
        if start != expected:
            breaks.append((index, start))
            expected = start
        expected += 1
    return tuple(breaks)


def _fold_unit(unit: str) -> str:
    bare = _DROPPED.sub("", unit)
    if not bare:
        return ""
    if bare in _HYPHENS:
        return _HYPHEN
    if len(bare) == 1 and unicodedata.category(bare) in ("Cc", "Cs", "Co", "Cn"):
        return " " if bare not in "\n\t\r" else bare
    plain = unicodedata.normalize("NFKC", bare).casefold()
    if any(ord(char) < 0x0250 or 0x1E00 <= ord(char) < 0x1F00 for char in plain) and not plain.isascii():
        plain = unicodedata.normalize("NFKC", _ACCENTS.sub("", unicodedata.normalize("NFD", plain)))
    return "".join(modern(char) for char in plain).replace("ヶ", "ケ").replace("ヵ", "カ")


_KNOWN = _Units()
