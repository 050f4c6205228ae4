"""Finding for readers: as typed, else as it may have been meant, else by the parts of long words, else by any."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import Unpack

from search.analyzer import script
from search.backend import Backend, Found, Wishes
from search.names import Names
from search.query import Query, Word, parse
from search.synonyms import Groups, widened
from search.vocabulary import Vocabulary

_MOST_TRIED = 8
_FEW, _TIMES = 3, 5  # hits so few that another spelling is offered which finds so many times more
_LONG_KANJI = 4  # of shorter words of kanji one that differs in one character is another word
_MOST_LOOKED_FOR, _MOST_SUGGESTED = 40, 8


class Reading(StrEnum):
    """How the typed text was taken until something was found."""

    EXACT = "exact"
    MEANT = "meant"
    PARTS = "parts"
    ANY = "any"


Meant = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Offer:
    """Another text to search for, which finds many more things: how many."""

    text: str
    total: int


@dataclass(frozen=True)
class Answer:
    """What was found, for which query, understood how.

    `meant` are words that stand nowhere, as typed, each with the one that was looked for instead. `offer` is for the
    reader to take or leave, where little was found.
    """

    query: Query
    found: Found
    reading: Reading
    meant: Meant = ()
    offer: Offer | None = None


def find(
    backend: Backend,
    text: str,
    *,
    names: Names | None = None,
    synonyms: Groups | None = None,
    words: Callable[[], Vocabulary] = Vocabulary,
    **wishes: Unpack[Wishes],
) -> Answer:
    """Search for any text at all; never raises. `words` is called when little or nothing was found as typed."""
    typed, same = parse(text, names.value_of) if names else parse(text), synonyms or {}
    query = widened(typed, same)
    answer = Answer(query, backend.find(query, **wishes), Reading.EXACT)
    if answer.found.total >= _FEW or not answer.found.ready or not query.groups:
        return answer
    if answer.found.total:
        return replace(answer, offer=_offer(backend, text, typed, words(), same, answer.found.total, wishes))
    for query, reading, meant in _ways(backend, typed, words(), same):
        if (found := backend.find(query, **wishes)).total:
            return Answer(query, found, reading, meant)
    return answer


def suggestions(backend: Backend, typed: str, known: Vocabulary, same: Groups) -> list[str]:
    """Words that begin with what was typed so far and find something; the words before the last one stay."""
    before, _, last = typed.rpartition(" ")
    found: list[str] = []
    for word in islice(dict.fromkeys(known.starting(last)), _MOST_LOOKED_FOR):
        if word != last and _count(backend, Word(word), same):
            found.append(f"{before} {word}".strip())
            if len(found) == _MOST_SUGGESTED:
                break
    return found


def _ways(backend: Backend, typed: Query, known: Vocabulary, same: Groups) -> Iterator[tuple[Query, Reading, Meant]]:
    """What else may have been meant, the nearest first."""
    query, meant = _as_meant(backend, typed, known, same)
    if meant:
        yield query, Reading.MEANT, meant
    parts = typed.split(known.cut)
    if parts.groups != typed.groups:
        yield widened(parts, same), Reading.PARTS, ()
        query, meant = _as_meant(backend, parts, known, same)
        if meant:
            yield query, Reading.MEANT, meant
    if len(query.groups) > 1:
        yield query.loose(), Reading.ANY, meant


def _as_meant(backend: Backend, query: Query, known: Vocabulary, same: Groups) -> tuple[Query, Meant]:
    """The query with words in the place of those that stand nowhere, and which these are."""
    plain = [word for group in query.groups for word in group if not word.phrase]
    together = " ".join(word.text for word in plain)
    if len(plain) > 1 and (whole := known.sounding(together)):
        return widened(replace(query, groups=((Word(whole[0]),),)), same), ((together, whole[0]),)
    instead: dict[Word, Word] = {}
    for word in plain:
        if not _count(backend, word, same):
            others = [Word(other) for other in (*known.sounding(word.text), *known.near(word.text))][:_MOST_TRIED]
            counts = {other: count for other in others if (count := _count(backend, other, same))}
            if counts:
                instead[word] = max(counts, key=lambda other: counts[other])
    return widened(query.respelled(instead), same), tuple((word.text, other.text) for word, other in instead.items())


def _offer(
    backend: Backend, text: str, typed: Query, known: Vocabulary, same: Groups, total: int, wishes: Wishes
) -> Offer | None:
    """The text with the better-known spelling of one of its words, where that finds many times more."""
    best: Offer | None = None
    for word in (word for group in typed.groups for word in group if not word.phrase and not known.is_name(word.text)):
        if _count(backend, word, same) >= _FEW:
            continue
        if len(word.text) < _LONG_KANJI and all(script(char) == "kanji" for char in word.text):
            continue
        for other in known.near(word.text)[:_MOST_TRIED]:
            query = widened(typed.respelled({word: Word(other)}), same)
            found = backend.find(query, filters=wishes.get("filters"), limit=0).total
            if found >= max(total * _TIMES, best.total + 1 if best else 0):
                best = Offer(text.replace(word.text, other, 1), found)
    return best


def _count(backend: Backend, word: Word, same: Groups) -> int:
    return backend.find(widened(Query(((word,),)), same), limit=0).total
