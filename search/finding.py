"""A search on a shelf from beginning to end: match, one hit for each thing, count facets, rank, cut passages."""

from collections.abc import Mapping

from search.backend import Found, Hit
from search.bits import as_bits, bytes_of, numbers
from search.cards import Card
from search.matching import matches
from search.passages import passage, title_runs
from search.query import Query
from search.ranking import ranked
from search.shelf import Shelf, last_said
from search.term import Term

_MOST_FACET_VALUES = 20


def find_on(
    shelf: Shelf,
    query: Query,
    *,
    language: str | None = None,
    filters: Mapping[str, str] | None = None,
    limit: int = 20,
    offset: int = 0,
    facets: tuple[str, ...] = (),
    newest: bool = False,
    latest: bool = False,
) -> Found:
    """See `search.backend.Wishes`."""
    if not query:
        return Found()
    found = matches(shelf, query, filters or {})
    things = _one_each(shelf, found, language)
    wanted = offset + limit
    if not limit:
        return Found(things.bit_count())
    if latest:
        best = [(number, 0.0) for number in last_said(shelf, things, wanted)][offset:]
    elif newest:
        best = [(number, 0.0) for number in shelf.by_day.first(things, wanted)][offset:]
    else:
        best = ranked(shelf, query, things, language=language, wanted=wanted)[offset:]
    terms = [term for group in query.groups for word in group if (term := word.term())]
    return Found(things.bit_count(), _hits(shelf, best, terms, language), _counts(shelf, things, facets))


def _one_each(shelf: Shelf, found: int, language: str | None) -> int:
    """One matching document for each thing, in the reader's language when that one matches."""
    siblings, size = shelf.siblings, len(shelf.places)
    own = shelf.postings("facet", f"language={language}") & found if language else 0
    left = found & ~own
    if not siblings or not left:
        return found
    in_own, in_left = bytes_of(own, size), bytes_of(left, size)
    dropped: list[int] = []
    for number in numbers(left):
        for other in siblings.get(number, ()):
            place, bit = other >> 3, 1 << (other & 7)
            if in_own[place] & bit or (other < number and in_left[place] & bit):
                dropped.append(number)
                break
    return found & ~as_bits(dropped, size)


def _sibling(shelf: Shelf, number: int, language: str) -> int | None:
    """The document of the same thing in a language."""
    for other in shelf.siblings.get(number, ()):
        place = shelf.places[other]
        if place is not None and place.language == language:
            return other
    return None


def _counts(shelf: Shelf, shown: int, facets: tuple[str, ...]) -> dict[str, tuple[tuple[str, int], ...]]:
    return {name: shelf.facet(name).counts(shown, _MOST_FACET_VALUES) for name in facets}


def _hits(shelf: Shelf, best: list[tuple[int, float]], terms: list[Term], language: str | None) -> tuple[Hit, ...]:
    """The hits of a page, with title and address in the reader's language where the thing exists in it."""
    shown_as = {number: number for number, _ in best}
    for number in shown_as:
        place = shelf.places[number]
        if language and place is not None and place.language != language:
            sibling = _sibling(shelf, number, language)
            shown_as[number] = number if sibling is None else sibling
    cards = shelf.cards(set(shown_as) | set(shown_as.values()))
    return tuple(_hit(cards[number], cards[shown_as[number]], score, terms) for number, score in best)


def _hit(matched: Card, shown: Card, score: float, terms: list[Term]) -> Hit:
    cut = passage(matched.body, matched.folded_body, terms, matched.language)
    return Hit(
        key=shown.key,
        kind=shown.kind,
        title=shown.title,
        url=shown.url,
        day=shown.day,
        language=shown.language,
        title_runs=title_runs(shown.title, shown.folded_title, terms),
        passage=cut.runs,
        passage_language=matched.language,
        score=score,
        spot=None if cut.at is None else matched.spot(cut.at),
        within=shown.within,
        changed=shown.changed,
    )
