"""An engine in the memory of one process: for tests, and for a look at a few records."""

import threading
from collections.abc import Iterable, Mapping
from typing import Unpack

from search.backend import Found, Stats, Wishes
from search.by_day import ByDay
from search.counting import Facet
from search.finding import find_on
from search.query import Query
from search.record import Record, once
from search.shelf import (
    Card,
    Place,
    facet_of,
    filed_under,
    has_one_of,
    in_order_of_days,
    siblings_of,
    words_of,
    write_card,
)


class MemoryShelf:
    """Everything in dictionaries."""

    def __init__(self) -> None:
        self.everything = 0
        self.places: list[Place | None] = []
        self._cards: list[Card] = []
        self._bits: dict[tuple[str, str], int] = {}

    def postings(self, field: str, token: str) -> int:
        return self._bits.get((field, token), 0) & self.everything

    def starting(self, field: str, prefix: str) -> list[str]:
        return sorted(token for name, token in self._bits if name == field and token.startswith(prefix))

    @property
    def siblings(self) -> Mapping[int, tuple[int, ...]]:
        return siblings_of(self.places, self.everything)

    @property
    def by_day(self) -> ByDay:
        return in_order_of_days(self.places)

    def fetch(self, field: str, tokens: Iterable[str]) -> None:
        """Nothing is far."""

    def facet(self, name: str) -> Facet:
        return facet_of(self, name)

    def containing(self, literals: tuple[str, ...], within: int) -> int:
        return has_one_of(self, literals, within)

    def read(self, wanted: Iterable[int]) -> None:
        """Nothing is far."""

    def folded(self, number: int) -> str:
        return self._cards[number].folded()

    def cards(self, wanted: Iterable[int]) -> dict[int, Card]:
        return {number: self._cards[number] for number in wanted}

    def add(self, record: Record) -> None:
        self.drop("id", record.id)
        card = write_card(record)
        bit = 1 << len(self._cards)
        for field, tokens in filed_under(card).items():
            for token in tokens:
                self._bits[field, token] = self._bits.get((field, token), 0) | bit
        self._cards.append(card)
        self.places.append(card.place())
        self.everything |= bit

    def drop(self, name: str, value: str) -> None:
        self.everything &= ~self.postings("facet", f"{name}={value}")

    def live(self) -> list[Card]:
        return [card for number, card in enumerate(self._cards) if self.everything >> number & 1]


class MemoryEngine:
    """See `search.backend.Backend`."""

    def __init__(self) -> None:
        self._shelf, self._puts = MemoryShelf(), 0
        self._lock = threading.RLock()

    def put(self, records: Iterable[Record], *, instead_of: Iterable[str] = (), afresh: bool = False) -> None:
        with self._lock:
            shelf = MemoryShelf() if afresh else self._shelf
            for key in instead_of:
                shelf.drop("key", key)
            for record in once(records):
                shelf.add(record)
            self._shelf, self._puts = shelf, self._puts + 1

    def remove(self, keys: Iterable[str]) -> None:
        self.put((), instead_of=keys)

    def find(self, query: Query, **wishes: Unpack[Wishes]) -> Found:
        with self._lock:
            return find_on(self._shelf, query, **wishes)

    def state(self) -> str:
        return f"memory.{self._puts}"

    def words(self) -> list[str]:
        with self._lock:
            return words_of(self._shelf)

    def wipe(self) -> None:
        self.put((), afresh=True)

    def stats(self) -> Stats:
        with self._lock:
            cards = self._shelf.live()
        fingerprints = {card.record.id: card.fingerprint for card in cards}
        return Stats("memory", True, len(cards), sum(len(card.folded()) for card in cards), "", fingerprints)
