"""The best passage of a text, with what was looked for marked in the original characters."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from search.backend import Run
from search.term import Term
from search.text import Folded

_MOST_MARKS, _MOST_OF_ONE, _FOR_EACH = 300, 5, 10
_LENGTHS = {"ja": 130, "": 260}
_SENTENCE_ENDS = "。！？\n"
_LONGEST_SENTENCE = 160


Span = tuple[int, int, int]
"""Where a term stands: start, end, and which of the terms it is."""


def _found(text: Folded, terms: Sequence[Term]) -> list[Span]:
    """Where terms stand in the folded text, in order of the start."""
    spans = [
        (start, end, index)
        for index, term in enumerate(terms)
        for start, end in islice(term.spans(text.text), _MOST_MARKS)
    ]
    return sorted(spans) if len(terms) > 1 else spans


def _in_original(text: Folded, spans: Iterable[Span]) -> Iterator[Span]:
    return ((*text.span(start, end), index) for start, end, index in spans)


def title_runs(original: str, text: Folded, terms: Sequence[Term]) -> tuple[Run, ...]:
    """The whole of a title with its marks."""
    return _runs(original, 0, len(original), _in_original(text, _found(text, terms)))


class Passage(NamedTuple):
    """A stretch of a text; `at` is where the first of what was looked for stands in it, None where nothing does."""

    runs: tuple[Run, ...]
    at: int | None


def passage(original: str, text: Folded, terms: Sequence[Term], language: str) -> Passage:
    """The stretch of a text in which most different terms stand close together; its beginning when none does."""
    length = _LENGTHS.get(language, _LENGTHS[""])
    found = _found(text, terms)
    near = _best(found, length)
    best = (*text.span(near[0], near[1]), near[2]) if near else None
    start, end = _window(original, best, length)
    spans = [span for span in found if span[0] >= near[0] - length] if near else []
    runs = _runs(original, start, end, _in_original(text, spans))
    lead = (Run("…", False),) if start > 0 and runs else ()
    trail = (Run("…", False),) if end < len(original.rstrip()) and runs else ()
    return Passage((*lead, *runs, *trail), best[0] if best else None)


def _best(spans: list[Span], length: int) -> Span | None:
    """Where the best stretch begins."""
    if not spans:
        return None
    reach, terms = length * 3 // 4, {index for _, _, index in spans}
    return _densest(spans, reach) if len(terms) == 1 else _most_together(spans, reach, len(terms))


def _densest(spans: list[Span], reach: int) -> Span:
    """The first span with which the most stand close together."""
    for more in range(min(len(spans), _MOST_OF_ONE) - 1, 0, -1):
        for span, last in zip(spans, islice(spans, more, None), strict=False):
            if last[1] - span[0] <= reach:
                return span
    return spans[0]


def _most_together(spans: list[Span], reach: int, terms: int) -> Span:
    """The first span with which the most different terms stand close together."""
    best, best_worth, most = spans[0], 0, _FOR_EACH * terms + _MOST_OF_ONE
    inside: Counter[int] = Counter()  # how often each term stands between `left` and `right`
    right, count = 0, len(spans)
    for left, span in enumerate(spans):
        until = span[0] + reach
        while right < count and (spans[right][1] <= until or right == left):
            inside[spans[right][2]] += 1
            right += 1
        worth = _FOR_EACH * len(inside) + min(right - left, _MOST_OF_ONE)
        if worth > best_worth:
            best, best_worth = span, worth
            if worth >= most:
                break
        inside[span[2]] -= 1
        if not inside[span[2]]:
            del inside[span[2]]
    return best


def _window(original: str, best: Span | None, length: int) -> tuple[int, int]:
    if best is None:
        return 0, _end_near(original, 0, length)
    start = _start_near(original, best[0], length)
    return start, _end_near(original, start, max(length, best[1] - start))


def marked_sentence(runs: Sequence[Run]) -> str:
    """The sentence of a passage with the first mark, as it stands in the page; "" where it is not whole or too long.

    A browser looks for whole words: only the ends of a sentence are ends of words for all of them.
    """
    text, first = "", -1
    for run in runs:
        first = len(text) if run.marked and first < 0 else first
        text += run.text
    if first < 0:
        return ""
    start = max(text.rfind(mark, 0, first) + len(mark) for mark in (*_SENTENCE_ENDS, ". ", "…"))
    ends = [at + 1 for mark in (*_SENTENCE_ENDS, ". ") if (at := text.find(mark, first)) >= 0]
    end = min(ends, default=len(text))
    sentence = text[start if start > 0 else 0 : end].strip()
    whole = not sentence.endswith("…") and len(sentence) <= _LONGEST_SENTENCE
    return sentence if whole else ""


def _start_near(original: str, wanted: int, length: int) -> int:
    """The beginning of the sentence, when it is near; else of a word a little before."""
    far = max(0, wanted - length // 2)
    if far == 0:
        return 0
    ends = [original.rfind(mark, far, wanted) for mark in _SENTENCE_ENDS] + [original.rfind(". ", far, wanted)]
    near = wanted - length // 4
    if max(ends) >= 0:
        start = max(ends) + 1
    else:
        space = original.find(" ", near, wanted)
        start = space + 1 if space >= 0 and original[near].isascii() else near
    while start < wanted and (original[start].isspace() or _belongs_to_previous(original[start])):
        start += 1
    return start


def _end_near(original: str, start: int, length: int) -> int:
    end = min(len(original), start + length)
    if end == len(original):
        return end
    if original[end].isascii() and original[end].isalnum():
        space = original.rfind(" ", start + length // 2, end)
        end = space if space > 0 else end
    while end < len(original) and _belongs_to_previous(original[end]):
        end += 1
    return end


def _belongs_to_previous(char: str) -> bool:
    return bool(unicodedata.combining(char)) or unicodedata.category(char) in ("Mn", "Me", "Cf") or char in "ﾞﾟ"


def _runs(original: str, start: int, end: int, spans: Iterable[Span]) -> tuple[Run, ...]:
    """The text from `start` to `end` with the spans in it marked, which come in the order of their starts."""
    runs: list[Run] = []
    at = start
    for first, last, _ in spans:
        if first >= end:
            break
        first, last = max(first, at), min(last, end)
        if first >= last:
            continue
        if first > at:
            runs.append(Run(original[at:first], False))
        runs.append(Run(original[first:last], True))
        at = last
    if at < end:
        runs.append(Run(original[at:end], False))
    return tuple(runs)
