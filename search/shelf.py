"""What an engine offers to the common search code: sets of document numbers (`search.bits`), and the documents."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from search.bits import numbers
from search.by_day import ByDay
from search.cards import SAID, WORD, Card, Place
from search.counting import Facet

MOST_WORDS = 60_000


class Shelf(Protocol):
    """One unchanging state of an index. Document numbers are valid within it alone."""

    @property
    def everything(self) -> int:
        """All documents that are not taken out."""

    @property
    def places(self) -> Sequence[Place | None]:
        """By document number; None where a document is damaged."""

    @property
    def siblings(self) -> Mapping[int, tuple[int, ...]]:
        """By document number: the same thing in other languages; those without any are left out."""

    @property
    def by_day(self) -> ByDay:
        """All documents in the order of their days."""

    def fetch(self, field: str, tokens: Iterable[str]) -> None:
        """These postings will be asked for next: an engine over a network reads them in one go."""

    def postings(self, field: str, token: str) -> int:
        """The documents that have a token in a field (title, text, facet)."""

    def starting(self, field: str, prefix: str) -> list[str]:
        """The tokens of a field that begin with a prefix."""

    def facet(self, name: str) -> Facet:
        """The values of a facet."""

    def containing(self, literals: tuple[str, ...], within: int) -> int:
        """The documents of a set whose folded text has one of these strings."""

    def read(self, wanted: Iterable[int]) -> None:
        """The folded texts of these documents will be asked for next."""

    def folded(self, number: int) -> str:
        """Folded title, separator, folded body."""

    def cards(self, wanted: Collection[int]) -> Mapping[int, Card]:
        """What hits show of documents."""


def facet_of(shelf: Shelf, name: str) -> Facet:
    """`Shelf.facet`, from the documents that have each value."""
    tokens = shelf.starting("facet", f"{name}=")
    sets = [shelf.postings("facet", token) for token in tokens]
    return Facet([token.partition("=")[2] for token in tokens], sets, len(shelf.places))


def words_of(shelf: Shelf) -> list[str]:
    """See `search.backend.Backend.words`."""
    return [token[len(WORD) :] for token in shelf.starting("title", WORD)[:MOST_WORDS]]


def siblings_of(places: Sequence[Place | None], everything: int) -> dict[int, tuple[int, ...]]:
    """See `Shelf.siblings`."""
    first: dict[str, int] = {}
    several: dict[str, list[int]] = {}
    for number, place in enumerate(places):
        if place is None or not everything >> number & 1:
            continue
        other = first.setdefault(place.key, number)
        if other != number:
            several.setdefault(place.key, [other]).append(number)
    return {
        number: tuple(other for other in together if other != number)
        for together in several.values()
        for number in together
    }


def in_order_of_days(places: Sequence[Place | None]) -> ByDay:
    """See `Shelf.by_day`."""
    return ByDay([place.day if place else 0 for place in places])


def last_said(shelf: Shelf, chosen: int, wanted: int) -> list[int]:
    """The documents of a set of which something was said last, at most `wanted`, in this order; those without a day
    come last, of one day those that were filed later first."""
    found: list[int] = []
    for token in reversed(shelf.starting("facet", SAID)):
        here = shelf.postings("facet", token) & chosen
        found.extend(reversed(numbers(here)))
        chosen &= ~here
        if len(found) >= wanted or not chosen:
            break
    return [*found, *numbers(chosen)][:wanted]


def has_one_of(shelf: Shelf, literals: tuple[str, ...], within: int) -> int:
    """`Shelf.containing`, document by document."""
    shelf.read(numbers(within))
    found = 0
    for number in numbers(within):
        text = shelf.folded(number)
        if any(literal in text for literal in literals):
            found |= 1 << number
    return found
