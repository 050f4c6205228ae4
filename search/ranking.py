"""Which of the matching documents come first.

Title before body; a whole word or the beginning of one before a part (京都 in 京都府 before 京都 in 東京都); rare words
before frequent ones; often before once. What is equal is ordered by day, newest first.
"""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from search.analyzer import script
from search.bits import numbers
from search.cards import SEPARATOR
from search.matching import fetch, possible, possible_in_title
from search.query import Query
from search.record import thing_of
from search.shelf import Shelf
from search.stems import stem
from search.term import Term

# How many documents are read in full to be ranked; of more, the others follow by title and day.
_READ_AT_MOST = 40
_COUNTED_AT_MOST = 6
_IN_TITLE, _IN_TITLE_OF_PART, _IN_BODY, _ALL_IN_TITLE, _OWN_LANGUAGE = 6.0, 1.0, 2.0, 3.0, 1.5
_WHOLE, _BEGINNING, _END, _INSIDE = 1.0, 0.8, 0.12, 0.06
_WORD_WITH_OTHER_ENDING = 0.5
_AS_IN_TITLE = 6  # so many texts that have a word make it as frequent as one title


@dataclass(frozen=True)
class _Weighed:
    term: Term
    rarity: float


def ranked(shelf: Shelf, query: Query, documents: int, *, language: str | None, wanted: int) -> list[tuple[int, float]]:
    """The best `wanted` of a set of documents with their scores, best first.

    Things that exist in the reader's language come before the others.
    """
    groups = [[term for word in group if (term := word.term())] for group in query.groups]
    total = max(1, shelf.everything.bit_count())
    titled: list[int] = []
    anywhere: list[int] = []
    weighed: list[list[_Weighed]] = []
    fetch(shelf, "title", (term for group in groups for term in group))
    for group in groups:
        in_titles = [possible_in_title(shelf, term) for term in group]
        row = [
            _Weighed(term, math.log(1 + total / (1 + max(titles, possible(shelf, term).bit_count() / _AS_IN_TITLE))))
            for term, titles in zip(group, (titles.bit_count() for titles in in_titles), strict=True)
        ]
        anywhere.append(reduce(or_, (possible(shelf, term) for term in group), 0))
        titled.append(reduce(or_, in_titles, 0))
        weighed.append(row)
    own = shelf.postings("facet", f"language={language}") if language else shelf.everything
    tiers = _by_count(anywhere) if query.any else [reduce(and_, titled, documents), reduce(or_, titled, 0)]
    worth = _in_order(shelf, documents, own, [*tiers, documents], max(_READ_AT_MOST, wanted))
    rest = worth[_READ_AT_MOST:]
    scored = []
    shelf.read(worth[:_READ_AT_MOST])
    for number in worth[:_READ_AT_MOST]:
        place = shelf.places[number]
        if place is None:
            continue
        score = _score(shelf.folded(number), weighed, part=place.key != thing_of(place.key)) * place.weight
        if language and place.language == language:
            score *= _OWN_LANGUAGE
        foreign = bool(language) and place.language != language and not _exists_in(shelf, number, language)
        scored.append((foreign, -round(score, 2), -place.day, place.key, number))
    best = [(number, -score) for _, score, _, _, number in heapq.nsmallest(wanted, scored)]
    return [*best, *((number, 0.0) for number in rest[: wanted - len(best)])]


def _exists_in(shelf: Shelf, number: int, language: str | None) -> bool:
    """Whether a thing exists in a language too."""
    return any(
        (place := shelf.places[other]) and place.language == language for other in shelf.siblings.get(number, ())
    )


def _in_order(shelf: Shelf, documents: int, own: int, tiers: list[int], most: int) -> Sequence[int]:
    """Of too many documents those in the reader's language before others, of these tier by tier, the newest first."""
    if documents.bit_count() <= _READ_AT_MOST:
        return numbers(documents)
    chosen: list[int] = []
    for part in (documents & own, documents & ~own):
        for tier in tiers:
            chosen += shelf.by_day.first(tier & part, most - len(chosen))
            part &= ~tier
            if len(chosen) >= most:
                return chosen
    return chosen


def _by_count(sets: list[int]) -> list[int]:
    """The documents in all of some sets, in all but one, and so on to those in one."""
    at_least = [0] * (len(sets) + 1)
    for held in sets:
        for count in range(len(sets), 1, -1):
            at_least[count] |= at_least[count - 1] & held
        at_least[1] |= held
    return at_least[:0:-1]


def _score(text: str, weighed: list[list[_Weighed]], *, part: bool) -> float:
    """The title of a part is a sentence of it rather than a name."""
    title_end = text.index(SEPARATOR)
    score = 0.0
    titles = _IN_TITLE_OF_PART if part else _IN_TITLE
    all_in_title = bool(weighed) and not part
    for group in weighed:
        best = 0.0
        titled = False
        for one in group:
            in_title, in_body = _presence(text, title_end, one.term)
            titled = titled or in_title >= _WHOLE / 4
            best = max(best, one.rarity * (titles * in_title + _IN_BODY * in_body))
        score += best
        all_in_title = all_in_title and titled
    return score + (_ALL_IN_TITLE if all_in_title else 0.0)


def _presence(text: str, title_end: int, term: Term) -> tuple[float, float]:
    """How well a term stands in title and body, each 0 to 1."""
    in_title = in_body = 0.0
    count = 0
    for start, end in term.spans(text):
        if start < title_end:
            quality = _quality(text, start, end, term) * (0.6 + 0.4 * (end - start) / title_end)
            in_title = max(in_title, quality)
            continue
        if in_body < _WHOLE:
            in_body = max(in_body, _quality(text, start, end, term))
        count += 1
        if count >= _COUNTED_AT_MOST:
            break
    length = len(text) - title_end
    return in_title, in_body * count / (count + 0.5 + length / 1500)


def _quality(text: str, start: int, end: int, term: Term) -> float:
    """How well a match is what was looked for: a whole word, its beginning, a part."""
    if term.word:
        matched = text[start:end]
        return _WHOLE if stem(matched) == term.word or matched == term.word else _WORD_WITH_OTHER_ENDING
    before = start == 0 or script(text[start - 1]) != script(text[start])
    after = end >= len(text) or script(text[end]) != script(text[end - 1])
    if before:
        return _WHOLE if after else _BEGINNING
    return _END if after else _INSIDE
