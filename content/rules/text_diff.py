"""What differs between two Japanese or English texts: sentences first, then words within those that changed.

Words are runs of one kind of character (kanji, hiragana, katakana, letters with digits), so that a number or a name is
marked as a whole. No dictionary is needed, and the same two texts always give the same marks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Katakana carry their long mark, numbers their separators and a unit's sign; hiragana stay single.
_WORD = re.compile(
    r"[0-9０-９]+(?:[.,．，:][0-9０-９]+)*[%％]?|[A-Za-zＡ-Ｚａ-ｚÀ-ɏ]+(?:['’-][A-Za-z]+)*|[々〆㐀-鿿豈-﫿\U00020000-\U0003ffff]+|"
    r"[゠-ヿ]+|[ \t　]+|.",
    re.DOTALL,
)
_SENTENCE = re.compile(r"[^。．！？!?\n]*(?:[。！？!?]+[」』）)]*|\n+|$)")
# More words than this in one changed stretch are marked as a whole: nobody reads marks that are everywhere.
MOST_WORDS = 20_000
# What stays the same between two changes is marked with them when it is shorter than this and shorter than both.
SHORTEST_KEPT = 2
# Texts that have less of the shorter one in common than this are two texts, not a changed one.
LEAST_IN_COMMON = 0.3
# Beyond this many pairs of changed sentences they are compared as one stretch.
MOST_PAIRS = 10_000


class Mark(StrEnum):
    SAME = "same"
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """A stretch of one text; ``mark`` says whether the other text has it too."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class Row:
    """Paragraphs that stand side by side. An empty side: there is nothing of it in that text."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        return any(piece.mark is not Mark.SAME for piece in (*self.old, *self.new))


def words(text: str) -> list[str]:
    """The words of a text; joined they are the text."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of a text with their ends; joined they are the text."""
    return [found for found in _SENTENCE.findall(text) if found]


def rows(old: str, new: str) -> list[Row]:
    """Both texts side by side: stretches of sentences that are the same, and sentences that changed."""
    found: list[Row] = []
    for same, left, right in _aligned(sentences(old), sentences(new)):
        if same:
            text = "".join(left)
            found.append(Row((Piece(Mark.SAME, text),), (Piece(Mark.SAME, text),)))
        else:
            found += [_changed(one, other) for one, other in _pairs(left, right)]
    return _without_gaps(found)


def _without_gaps(found: Sequence[Row]) -> list[Row]:
    """Space stands with the row before it; what was left out stands beside what came in its place."""
    kept: list[Row] = []
    for row in found:
        last = kept[-1] if kept else None
        blank = not any(piece.text.strip() for piece in (*row.old, *row.new))
        if last and (
            blank or (last.old and not last.new and not row.old) or (last.new and not last.old and not row.new)
        ):
            kept[-1] = Row((*last.old, *row.old), (*last.new, *row.new))
        else:
            kept.append(row)
    return kept


def _pairs(left: Sequence[str], right: Sequence[str]) -> list[tuple[str, str]]:
    """Sentences that became each other, in order; an empty side: it is new, or was left out."""
    if not left or not right or len(left) * len(right) > MOST_PAIRS:
        return [("".join(left), "".join(right))]
    one, other = [Counter(words(text)) for text in left], [Counter(words(text)) for text in right]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + _likeness(one[i], other[j]))
    found: list[tuple[str, str]] = []
    i = j = 0
    while i < len(left) or j < len(right):
        paired = i < len(left) and j < len(right) and best[i][j] > max(best[i + 1][j], best[i][j + 1])
        if paired:
            found.append((left[i], right[j]))
            i, j = i + 1, j + 1
        elif j == len(right) or (i < len(left) and best[i + 1][j] >= best[i][j + 1]):
            found.append((left[i], ""))
            i += 1
        else:
            found.append(("", right[j]))
            j += 1
    return found


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of the longer sentence's characters that both have; 0 where that is too little to speak of a change."""
    shared = sum(len(word) * count for word, count in (one & other).items() if not word.isspace())
    longer = max(sum(len(word) * count for word, count in each.items() if not word.isspace()) for each in (one, other))
    return shared / longer if longer and shared >= LEAST_IN_COMMON * longer else 0.0


Stretch = tuple[bool, Sequence[str], Sequence[str]]


def _aligned(before: Sequence[str], after: Sequence[str]) -> list[Stretch]:
    """Stretches that are the same or differ, in order. What both begin and end with is the same without a search."""
    shorter = min(len(before), len(after))
    first = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    last = next((n for n in range(shorter - first) if before[-1 - n] != after[-1 - n]), shorter - first)
    inner, other = before[first : len(before) - last], after[first : len(after) - last]
    codes = SequenceMatcher(None, inner, other).get_opcodes() if inner and other else []
    found: list[Stretch] = [(tag == "equal", inner[a:b], other[c:d]) for tag, a, b, c, d in codes]
    if not codes and (inner or other):
        found = [(False, inner, other)]
    head, tail = before[:first], before[len(before) - last :]
    return [one for one in ((True, head, head), *found, (True, tail, tail)) if one[1] or one[2]]


def _changed(left: str, right: str) -> Row:
    before, after = words(left), words(right)
    if not before or not after or max(len(before), len(after)) > MOST_WORDS:
        return Row(_whole(Mark.OLD, left), _whole(Mark.NEW, right))
    codes = [(same, "".join(one), "".join(other)) for same, one, other in _aligned(before, after)]
    if sum(len(one) for same, one, _other in codes if same) < LEAST_IN_COMMON * min(len(left), len(right)):
        return Row(_whole(Mark.OLD, left), _whole(Mark.NEW, right))
    old, new = list[Piece](), list[Piece]()
    for at, (same, one, other) in enumerate(codes):
        keeps = same and not _is_noise(codes, at)
        _add(old, Mark.SAME if keeps else Mark.OLD, one)
        _add(new, Mark.SAME if keeps else Mark.NEW, other)
    return Row(tuple(old), tuple(new))


def _is_noise(codes: Sequence[tuple[bool, str, str]], at: int) -> bool:
    """Whether a short stretch that is the same stands between two longer changes on both sides."""
    if not 0 < at < len(codes) - 1 or len(codes[at][1]) > SHORTEST_KEPT:
        return False
    around = (codes[at - 1], codes[at + 1])
    return all(max(len(one), len(other)) > len(codes[at][1]) for _same, one, other in around)


def _add(pieces: list[Piece], mark: Mark, text: str) -> None:
    if not text:
        return
    if pieces and pieces[-1].mark is mark:
        text = pieces.pop().text + text
    pieces.append(Piece(mark, text))


def _whole(mark: Mark, text: str) -> tuple[Piece, ...]:
    return (Piece(mark, text),) if text else ()
