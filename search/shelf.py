"""What an embedded engine offers to the common search code: sets of document numbers, and the documents.

A set of document numbers is a whole number whose bit *n* says whether document *n* is in it: intersecting two sets of
twenty thousand documents then costs a microsecond and counting one costs less.
"""

import heapq
import json
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple, Protocol

from portal.core.clock import day_in_japan
from search import analyzer, days
from search.record import Record, Spot
from search.text import Folded, fold

MOST_WORDS = 60_000
WORD = "v:"  # before a token that is a word to be suggested; with the title's, which nothing else lists in full
_FLAGS, _DIGITS = bytes.maketrans(b"01", b"\0\1"), bytes.maketrans(b"\0\1", b"01")
_SET, _FEW = ord("1"), 40  # more than one in so many: quicker written as flags
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
    def newest(self) -> Sequence[int]:
        """All document numbers, those of the latest day first."""

    def fetch(self, field: str, tokens: Iterable[str]) -> None:
        """These postings will be asked for next: an engine over a network reads them in one go."""

    def postings(self, field: str, token: str) -> int:
        """The documents that have a token in a field (title, text, facet)."""

    def starting(self, field: str, prefix: str) -> list[str]:
        """The tokens of a field that begin with a prefix."""

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


def words_of(shelf: Shelf) -> list[str]:
    """See `search.backend.Backend.words`."""
    return [token[len(WORD) :] for token in shelf.starting("title", WORD)[:MOST_WORDS]]


def as_bits(numbers: Iterable[int], size: int) -> int:
    """A set of document numbers below `size`."""
    chosen = list(numbers)
    if len(chosen) * _FEW > size:
        flags = bytearray(b"0") * (size + 1)
        for number in chosen:
            flags[number] = _SET
        flags.reverse()
        return int(flags, 2)  # a base that is a power of two is read at once
    held = bytearray(size // 8 + 1)
    for number in chosen:
        held[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(held, "little")


def flags_of(bits: int, size: int) -> bytes:
    """A set of document numbers below `size` as one byte for each: 1 for those that are in it, else 0."""
    return f"{bits:0{size}b}".encode("ascii")[::-1].translate(_FLAGS)


def from_flags(flags: bytes) -> int:
    """The set of which `flags_of` made these."""
    return int(flags[::-1].translate(_DIGITS), 2) if flags else 0


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


def newest_of(places: Sequence[Place | None]) -> list[int]:
    """See `Shelf.newest`."""
    return sorted(range(len(places)), key=lambda number: -(place.day if (place := places[number]) else 0))


def first_of(shelf: Shelf, chosen: int, wanted: int, *, ordered: bool = False) -> list[int]:
    """The newest documents of a set, at most `wanted`; in order of their days when that is asked for."""
    count = chosen.bit_count()
    if count <= wanted and not ordered:
        return list(numbers(chosen))
    if count * 8 < len(shelf.places):  # few: cheaper to order them than to go through all
        places = shelf.places
        return heapq.nlargest(wanted, numbers(chosen), key=lambda number: place.day if (place := places[number]) else 0)
    held = chosen.to_bytes(len(shelf.places) // 8 + 1, "little")
    return list(islice((number for number in shelf.newest if held[number >> 3] >> (number & 7) & 1), wanted))


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


def between(shelf: Shelf, since: date | None, until: date | None) -> int:
    """The documents with a day from `since` to `until`, both included; None leaves that end open."""
    first, last = since.toordinal() if since else 1, until.toordinal() if until else date.max.toordinal()

    def before(number: int) -> int:
        place = shelf.places[number]
        return -(place.day if place else 0)

    start = bisect_left(shelf.newest, -last, key=before)
    end = bisect_right(shelf.newest, -first, key=before)
    return as_bits(shelf.newest[start:end], len(shelf.places)) & shelf.everything


def has_one_of(shelf: Shelf, literals: tuple[str, ...], within: int) -> int:
    """`Shelf.containing`, document by document."""
    shelf.read(numbers(within))
    found = 0
    for number in numbers(within):
        text = shelf.folded(number)
        if any(literal in text for literal in literals):
            found |= 1 << number
    return found


_IN_BYTE = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]


def numbers(bits: int) -> Iterator[int]:
    """The document numbers of a set, ascending."""
    if bits.bit_count() <= 16:  # few: cheaper than walking through the bytes
        while bits:
            low = bits & -bits
            yield low.bit_length() - 1
            bits ^= low
        return
    for index, byte in enumerate(bits.to_bytes(bits.bit_length() // 8 + 1, "little")):
        if byte:
            base = index << 3
            for bit in _IN_BYTE[byte]:
                yield base + bit
