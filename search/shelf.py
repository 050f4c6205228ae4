"""What an engine offers to the common search code: sets of document numbers (`search.bits`), and the documents."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from portal.core.clock import day_in_japan
from search import analyzer, days
from search.bits import numbers
from search.by_day import ByDay
from search.counting import Facet
from search.record import Record, Spot
from search.text import Folded, fold

MOST_WORDS = 60_000
WORD = "v:"  # before a token that is a word to be suggested; with the title's, which nothing else lists in full
SAID = "said="  # before the day on which something was last said of a thing
SEPARATOR = "\x00"  # between folded title and folded body; folding never produces it


class Place(NamedTuple):
    """What ranking needs to know of a document without reading it."""

    key: str
    language: str
    day: int  # proleptic ordinal, 0 when the record has no day
    weight: float

    def packed(self) -> bytes:
        """For an engine's store."""
        return f"{self.key}\t{self.language}\t{self.day}\t{self.weight}".encode("utf-8", "surrogatepass")

    @classmethod
    def read(cls, packed: bytes) -> "Place | None":
        """What `packed` wrote; None when it is damaged."""
        parts = packed.decode("utf-8", "surrogatepass").split("\t")
        return cls(parts[0], parts[1], int(parts[2]), float(parts[3])) if len(parts) == len(cls._fields) else None


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

    def cards(self, wanted: Collection[int]) -> "Mapping[int, Card]":
        """Documents as they were filed."""


@dataclass(frozen=True)
class Card:
    """A record with its folded texts, as the engines keep it."""

    record: Record
    title: Folded
    body: Folded
    fingerprint: str

    def packed(self) -> bytes:
        """For an engine's store; the folded texts are kept beside it."""
        record = self.record
        content = {
            "key": record.key,
            "kind": record.kind,
            "title": record.title,
            "body": record.body,
            "language": record.language,
            "day": record.day.isoformat() if record.day else None,
            "url": record.url,
            "facets": {name: list(values) for name, values in record.facets.items()},
            "weight": record.weight,
            "within": record.within,
            "changed": record.changed.isoformat() if record.changed else None,
            "spots": [astuple(spot) for spot in record.spots],
            "breaks": [self.title.breaks, self.body.breaks],
            "fingerprint": self.fingerprint,
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")

    def folded(self) -> str:
        return self.title.text + SEPARATOR + self.body.text

    def place(self) -> Place:
        record = self.record
        return Place(record.key, record.language, record.day.toordinal() if record.day else 0, record.weight)


def write_card(record: Record) -> Card:
    return Card(record, fold(record.title), fold(record.body), record.fingerprint())


def read_card(packed: bytes, folded: str) -> Card:
    content = json.loads(packed.decode("utf-8", "surrogatepass"))
    title, _, body = folded.partition(SEPARATOR)
    breaks = [tuple((here, there) for here, there in pairs) for pairs in content["breaks"]]
    record = Record(
        key=content["key"],
        kind=content["kind"],
        title=content["title"],
        body=content["body"],
        language=content["language"],
        day=date.fromisoformat(content["day"]) if content["day"] else None,
        url=content["url"],
        facets={name: tuple(values) for name, values in content["facets"].items()},
        weight=content["weight"],
        spots=tuple(Spot(*spot) for spot in content["spots"]),
        within=content["within"],
        changed=datetime.fromisoformat(content["changed"]) if content["changed"] else None,
    )
    return Card(
        record,
        Folded(title, breaks[0], len(record.title)),
        Folded(body, breaks[1], len(record.body)),
        content["fingerprint"],
    )


def filed_under(card: Card, *, names: bool = True) -> dict[str, set[str]]:
    """The tokens of a card by field, its key and id among the facets where an engine finds it by them."""
    title = analyzer.tokens(card.title.text)
    text = title | analyzer.tokens(card.body.text)
    if card.record.day:
        text.update("d:" + name for name in days.of(card.record.day).names())
    title |= {f"{WORD}{word}" for word in analyzer.words(card.title.text, card.body.text)}
    facet = {f"{name}={value}" for name, values in card.record.all_facets().items() for value in values}
    if said := day_in_japan(card.record.changed) if card.record.changed else card.record.day:
        facet.add(f"{SAID}{said}")
    if names:
        facet.update((f"key={card.record.thing}", f"id={card.record.id}"))
    return {"title": title, "text": text, "facet": facet}


def facet_of(shelf: Shelf, name: str) -> Facet:
    """`Shelf.facet`, from the documents that have each value."""
    tokens = shelf.starting("facet", f"{name}=")
    sets = [shelf.postings("facet", token) for token in tokens]
    return Facet([token.partition("=")[2] for token in tokens], sets, shelf.everything, len(shelf.places))


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
        found.extend(reversed(list(numbers(here))))
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
