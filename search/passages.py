"""The best passage of a text, with what was looked for marked in the original characters."""

import unicodedata
from collections.abc import Sequence

from search.backend import Run
from search.terms import Term
from search.text import Folded

_MOST_MARKS = 300
_LENGTHS = {"ja": 130, "": 260}
_SENTENCE_ENDS = "。！？\n"


def marked_spans(text: Folded, terms: Sequence[Term]) -> list[tuple[int, int, int]]:
    """Where terms stand in the original text: (start, end, index of the term), in order of the start."""
    spans = []
    for index, term in enumerate(terms):
        for count, found in enumerate(term.pattern.finditer(text.text)):
            if count >= _MOST_MARKS:
                break
            if found.end() > found.start():
                spans.append((*text.span(*found.span()), index))
    return sorted(spans)


def title_runs(original: str, text: Folded, terms: Sequence[Term]) -> tuple[Run, ...]:
    """The whole of a title with its marks."""
    return _runs(original, 0, len(original), marked_spans(text, terms))


def passage(original: str, text: Folded, terms: Sequence[Term], language: str) -> tuple[Run, ...]:
    """The stretch of a text in which most different terms stand close together; its beginning when none does."""
    length = _LENGTHS.get(language, _LENGTHS[""])
    spans = marked_spans(text, terms)
    start, end = _window(original, spans, length)
    runs = _runs(original, start, end, spans)
    lead = (Run("…", False),) if start > 0 and runs else ()
    trail = (Run("…", False),) if end < len(original.rstrip()) and runs else ()
    return (*lead, *runs, *trail)


def _window(original: str, spans: list[tuple[int, int, int]], length: int) -> tuple[int, int]:
    if not spans:
        return 0, _end_near(original, 0, length)
    best, best_worth = spans[0], -1.0
    right = 0
    for left, span in enumerate(spans):
        right = max(right, left)
        while right < len(spans) and spans[right][1] <= span[0] + length * 3 // 4:
            right += 1
        inside = spans[left : max(right, left + 1)]
        worth = 10.0 * len({index for _, _, index in inside}) + min(len(inside), 5)
        if worth > best_worth:
            best, best_worth = span, worth
    start = _start_near(original, best[0], length)
    return start, _end_near(original, start, max(length, best[1] - start))


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


def _runs(original: str, start: int, end: int, spans: list[tuple[int, int, int]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    at = start
    for first, last, _ in spans:
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
