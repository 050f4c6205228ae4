"""An engine in the memory of one process: for tests, and for a look at a few records."""

import threading
from collections.abc import Iterable, Mapping
from typing import Unpack

from search.backend import Found, Stats, Wishes
from search.by_day import ByDay
from search.cards import Card, Entry, Place, entry_of, read_card
from search.counting import Facet
from search.finding import find_on
from search.query import Query
from search.record import Record, once
from search.shelf import facet_of, has_one_of, in_order_of_days, siblings_of, words_of


class MemoryShelf:
    """Everything in dictionaries."""

    def __init__(self) -> None:
        self.everything = 0
        self.places: list[Place | None] = []
        self._entries: list[Entry] = []
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
        return self._entries[number].folded()

    def cards(self, wanted: Iterable[int]) -> dict[int, Card]:
        return {number: read_card(self._entries[number].card(), self.folded(number)) for number in wanted}

    def add(self, record: Record) -> None:
        self.drop("id", record.id)
        entry = entry_of(record)
        bit = 1 << len(self._entries)
        for field, tokens in entry.tokens().items():
            for token in tokens:
                self._bits[field, token] = self._bits.get((field, token), 0) | bit
        self._entries.append(entry)
        self.places.append(entry.place())
        self.everything |= bit

    def drop(self, name: str, value: str) -> None:
        self.everything &= ~self.postings("facet", f"{name}={value}")

    def live(self) -> list[Entry]:
        return [entry for number, entry in enumerate(self._entries) if self.everything >> number & 1]


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
            entries = self._shelf.live()
        fingerprints = {entry.record.id: entry.fingerprint for entry in entries}
        return Stats("memory", True, len(entries), sum(len(entry.folded()) for entry in entries), "", fingerprints)
