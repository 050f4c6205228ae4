"""A letter as numbered lines: which are empty, which only count pages, and which were broken by the width of a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from content.rules.question_letters.labels import Style, fold, read_label


class LineKind(StrEnum):
    TEXT = "text"
    BLANK = "blank"
    PAGE = "page"  # a page number that stands alone


@dataclass(frozen=True)
class Line:
    """One line as it was typed, without its end. ``number`` counts from 1."""

    number: int
    text: str
    kind: LineKind


_BREAKS = re.compile(r"\r\n|[\n\r\f\v\u2028\u2029\u0085]")
_PAGE = re.compile(r"(?:[-―—–−]\s*(\d{1,3})\s*[-―—–−]|(\d{1,3})\s*/\s*\d{1,3}|[pP]\.?\s*(\d{1,3})|(\d{1,3})\s*ページ)")
_SQUARE_PAGE = re.compile(r"\[\s*(\d{1,3})\s*\]")
# A page gives its lines away: so many of them are nearly as long as the longest.
LEAST_FULL = 4
NEARLY = 0.86


def split(text: str) -> list[str]:
    """The lines of a text, whatever ends them."""
    return _BREAKS.split(text)


def read(text: str) -> tuple[Line, ...]:
    """All lines in their order. Lines that were doubled with empty ones by a copy from a PDF do not make paragraphs."""
    raw = split(text)
    pages = _page_numbers(raw)
    found = []
    for at, line in enumerate(raw):
        kind = LineKind.PAGE if at in pages else LineKind.TEXT if line.strip() else LineKind.BLANK
        found.append(Line(at + 1, line, kind))
    return tuple(found)


def doubled(lines: Sequence[Line]) -> bool:
    """Whether every line is followed by an empty one, as some programs copy it; these say nothing then."""
    texts = [at for at, line in enumerate(lines[:-1]) if line.text]
    followed = sum(1 for at in texts if not lines[at + 1].text)
    return len(texts) >= 6 and followed >= 0.9 * len(texts)


def _page_numbers(raw: Sequence[str]) -> set[int]:
    """Where a line is nothing but a page number. [1] alone is one only where sections have titles beside them."""
    found, squares, titled = set[int](), list[tuple[int, int]](), False
    for at, line in enumerate(raw):
        alone = fold(line).strip()
        if _PAGE.fullmatch(alone):
            found.add(at)
        elif page := _SQUARE_PAGE.fullmatch(alone):
            squares.append((at, int(page[1])))
        elif (label := read_label(line)) is not None and label[0].style is Style.SQUARE:
            titled = True
    counts = [number for _at, number in squares]
    first = next((at for at, line in enumerate(raw) if line.strip()), None)
    if titled and counts == sorted(set(counts)):
        found |= {at for at, _number in squares}
    elif squares and squares[0] == (first, 1):
        found.add(squares[0][0])
    return found


def width(text: str) -> int:
    """How wide a text stands: two for a full-width character, one for any other."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text.rstrip())


def page_width(lines: Sequence[Line]) -> int | None:
    """How wide the page was on which the lines were broken; None where paragraphs stand in one line each."""
    wide = sorted((width(line.text) for line in lines if line.kind is LineKind.TEXT), reverse=True)
    if len(wide) < LEAST_FULL:
        return None
    longest = wide[LEAST_FULL // 2]
    return longest if 24 <= longest <= 130 and wide[LEAST_FULL - 1] >= NEARLY * longest else None


def is_full(line: str, page: int | None) -> bool:
    """Whether a line reaches the edge of the page, so that the next one goes on with it."""
    return page is not None and width(line) >= NEARLY * page


def join(first: str, second: str) -> str:
    """Two parts of a broken line as one: words of Latin letters keep a space between them."""
    first, second = first.rstrip(), second.strip()
    if not first or not second:
        return first + second
    apart = first[-1].isascii() and second[0].isascii() and (first[-1].isalpha() or first[-1] in ",.;:)?!")
    return f"{first} {second}" if apart and (second[0].isalnum() or second[0] == "(") else first + second


@dataclass(frozen=True)
class Paragraph:
    """Lines of one paragraph as one text; ``first`` and ``last`` are their numbers."""

    text: str
    first: int
    last: int


def paragraphs(lines: Sequence[tuple[int, str, bool]], page: int | None) -> list[Paragraph]:
    """The paragraphs of some lines: each a number, a text and whether a meaningful empty line stands before it."""
    found: list[Paragraph] = []
    last = ""
    for number, text, apart in lines:
        ends = last.rstrip().endswith(("。", "．", "について")) and text[:1].isspace()
        if found and not apart and is_full(last, page) and not ends:
            found[-1] = Paragraph(join(found[-1].text, text), found[-1].first, number)
        else:
            found.append(Paragraph(text.strip(), number, number))
        last = text
    return found
