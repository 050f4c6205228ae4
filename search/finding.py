"""A search on a shelf from beginning to end: match, one hit for each thing, count facets, rank, cut passages."""

from collections.abc import Mapping
from datetime import date

from search.backend import Found, Hit
from search.matching import matches
from search.passages import passage, title_runs
from search.query import Query
from search.ranking import ranked
from search.shelf import Card, Shelf, as_bits, numbers
from search.terms import Term

_MOST_FACET_VALUES = 60


def find_on(
    shelf: Shelf,
    query: Query,
    *,
    language: str | None = None,
    filters: Mapping[str, str] | None = None,
    limit: int = 20,
    offset: int = 0,
    facets: tuple[str, ...] = (),
) -> Found:
    """See `search.backend.Backend.find`."""
    if not query:
        return Found()
    found = matches(shelf, query, filters or {})
    things = _one_each(shelf, found, language)
    known = frozenset(_keys_in(shelf, found, language)) if language else frozenset[str]()
    best = ranked(shelf, query, things.values(), language=language, known=known, wanted=offset + limit)[offset:]
    terms = [term for group in query.groups for word in group if (term := word.term())]
    hits = tuple(_hit(shelf, number, score, terms, language) for number, score in best)
    return Found(len(things), hits, _counts(shelf, things, facets))


def _one_each(shelf: Shelf, found: int, language: str | None) -> dict[str, int]:
    """One matching document for each thing, in the reader's language when that one matches."""
    things: dict[str, int] = {}
    for number in numbers(found):
        place = shelf.places[number]
        if place is not None and (place.key not in things or place.language == language):
            things[place.key] = number
    return things


def _keys_in(shelf: Shelf, found: int, language: str) -> set[str]:
    """Keys of the matching things that exist in a language, whether or not they match in it."""
    foreign = found & ~shelf.postings("facet", f"language={language}")
    keys = {place.key for number in numbers(foreign) if (place := shelf.places[number])}
    return {key for key in keys if _sibling(shelf, key, language) is not None}


def _sibling(shelf: Shelf, key: str, language: str) -> int | None:
    """The document of a thing in a language."""
    both = shelf.postings("facet", f"key={key}") & shelf.postings("facet", f"language={language}") & shelf.everything
    return both.bit_length() - 1 if both else None


def _counts(shelf: Shelf, things: Mapping[str, int], facets: tuple[str, ...]) -> dict[str, tuple[tuple[str, int], ...]]:
    if not facets:
        return {}
    shown = as_bits(things.values(), len(shelf.places) + 1)
    counts: dict[str, tuple[tuple[str, int], ...]] = {}
    for name in facets:
        tokens = shelf.starting("facet", f"{name}=")
        pairs = [(token.partition("=")[2], (shelf.postings("facet", token) & shown).bit_count()) for token in tokens]
        present = sorted((pair for pair in pairs if pair[1]), key=lambda pair: (-pair[1], pair[0]))
        counts[name] = tuple(present[:_MOST_FACET_VALUES])
    return counts


def _hit(shelf: Shelf, number: int, score: float, terms: list[Term], language: str | None) -> Hit:
    matched = shelf.card(number)
    shown: Card = matched
    if language and matched.record.language != language:
        sibling = _sibling(shelf, matched.record.key, language)
        shown = shelf.card(sibling) if sibling is not None else matched
    record = shown.record
    day: date | None = record.day
    return Hit(
        key=record.key,
        kind=record.kind,
        title=record.title,
        url=record.url,
        day=day,
        language=record.language,
        title_runs=title_runs(record.title, shown.title, terms),
        passage=passage(matched.record.body, matched.body, terms, matched.record.language),
        passage_language=matched.record.language,
        score=score,
    )
