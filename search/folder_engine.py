"""What engines in folders on disk share: writers one after another, one opened state a process, damage counts as none.

Such an engine keeps posting lists and documents in the current folder (`search.generations`); it says how a folder is
begun, filled and opened, and the common code does the rest (`search.finding`).
"""

import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path
from typing import ClassVar, Generic, TypeVar, Unpack

from search import analyzer
from search.backend import Found, Stats, Wishes
from search.bits import numbers
from search.by_day import ByDay
from search.cards import Card, Place
from search.counting import Facet
from search.finding import find_on
from search.generations import Generations
from search.query import Query
from search.record import Record
from search.shelf import facet_of, in_order_of_days, siblings_of, words_of

_MOST_SETS = 4_096  # posting lists; each is an eighth of a byte a document
_MOST_TEXTS = 2_000
_ATTEMPTS = 6


class FolderShelf(ABC):
    """One state of an index on disk, opened once and kept by the process; `stamp` changes with each commit."""

    stamp: str
    places: Sequence[Place | None]
    everything: int

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._facets: dict[str, Facet] = {}
        self.postings = lru_cache(_MOST_SETS)(self._postings)
        self.starting = lru_cache(_MOST_SETS)(self._starting)
        self.folded = lru_cache(_MOST_TEXTS)(self._folded)

    @cached_property
    def siblings(self) -> Mapping[int, tuple[int, ...]]:
        return siblings_of(self.places, self.everything)

    @cached_property
    def by_day(self) -> ByDay:
        return in_order_of_days(self.places)

    def fetch(self, field: str, tokens: Iterable[str]) -> None:  # noqa: B027
        """Nothing is far."""

    def read(self, wanted: Iterable[int]) -> None:  # noqa: B027
        """Nothing is far."""

    def facet(self, name: str) -> Facet:
        if name not in self._facets:
            self._facets[name] = facet_of(self, name)
        return self._facets[name]

    def containing(self, literals: tuple[str, ...], within: int) -> int:
        """Looks through the texts as they lie in the file: UTF-8 has a string where its bytes are."""
        return self._having(tuple(literal.encode("utf-8", "surrogatepass") for literal in literals), within)

    def cards(self, wanted: Iterable[int]) -> dict[int, Card]:
        return {number: self.card(number) for number in wanted}

    @abstractmethod
    def is_current(self, folder: Path) -> bool:
        """Whether the index in this folder is still in the state that was opened."""

    @abstractmethod
    def card(self, number: int) -> Card:
        """A document as it was filed."""

    @abstractmethod
    def _postings(self, field: str, token: str) -> int: ...

    @abstractmethod
    def _starting(self, field: str, prefix: str) -> list[str]: ...

    @abstractmethod
    def _folded(self, number: int) -> str: ...

    @abstractmethod
    def _having(self, wanted: tuple[bytes, ...], within: int) -> int:
        """Those of a set of documents whose folded text has one of some strings."""


S = TypeVar("S", bound=FolderShelf)


class FolderEngine(ABC, Generic[S]):
    """See `search.backend.Backend`. One object a process; threads may share it."""

    name: ClassVar[str]
    passing: ClassVar[tuple[type[Exception], ...]] = (OSError,)  # raised when a file is taken away as it is opened

    def __init__(self, home: Path) -> None:
        self._folders = Generations(home, analyzer.VERSION)
        self._lock = threading.RLock()
        self._shelf: S | None = None
        self._process = os.getpid()

    def put(self, records: Iterable[Record], *, instead_of: Iterable[str] = (), afresh: bool = False) -> None:
        with self._folders.writing():
            folder = None if afresh else self._folders.current()
            if folder is None:
                folder = self._folders.begin()
                self._begin(folder)
                self._write(folder, records, ())
                self._folders.switch(folder)
            else:
                self._write(folder, records, instead_of)

    def remove(self, keys: Iterable[str]) -> None:
        self.put((), instead_of=keys)

    def find(self, query: Query, **wishes: Unpack[Wishes]) -> Found:
        with self._lock:
            shelf = self._present()
            if shelf is None:
                return Found(ready=False)
            try:
                return find_on(shelf, query, **wishes)
            except Exception:  # whatever a damaged file makes the library raise, a reader never sees it
                self._shelf = None
                return Found(ready=False)

    def state(self) -> str:
        with self._lock:
            shelf = self._present()
            return f"{shelf.folder.name}.{self._folders.switched()}.{shelf.stamp}" if shelf else ""

    def words(self) -> list[str]:
        with self._lock:
            shelf = self._present()
            try:
                return words_of(shelf) if shelf else []
            except Exception:  # as in `find`
                self._shelf = None
                return []

    def wipe(self) -> None:
        self.put((), afresh=True)

    def stats(self) -> Stats:
        missing = Stats(self.name, False, 0, 0, "", {})
        try:
            shelf = self._opened(None)
            if shelf is None:
                return missing
            cards = [shelf.card(number) for number in numbers(shelf.everything)]
        except Exception:  # an index that cannot be read in full is to be rebuilt
            return missing
        size = _size(shelf.folder)
        fingerprints = {card.id: card.fingerprint for card in cards}
        return Stats(self.name, True, len(cards), size, f"{shelf.folder.name}.{shelf.stamp}", fingerprints)

    @abstractmethod
    def _begin(self, folder: Path) -> None:
        """Make an empty index in an empty folder."""

    @abstractmethod
    def _write(self, folder: Path, records: Iterable[Record], instead_of: Iterable[str]) -> None:
        """See `search.backend.Backend.put`; the caller has the lock."""

    @abstractmethod
    def _read(self, folder: Path, before: S | None) -> S:
        """Open a folder; `before` is what was open until now."""

    def _present(self) -> S | None:
        """The present state; opened again only when another process or thread has committed since."""
        if self._process != os.getpid():
            self._process, self._shelf = os.getpid(), None
        folder = self._folders.current()
        try:
            if folder and self._shelf and self._shelf.is_current(folder):
                return self._shelf
            self._shelf = self._opened(self._shelf)
        except Exception:  # a damaged index counts as none
            self._shelf = None
        return self._shelf

    def _opened(self, before: S | None) -> S | None:
        """Open the current folder; when a switch or a merge takes files away at that instant, the next one."""
        for attempt in range(_ATTEMPTS):
            folder = self._folders.current()
            if folder is None:
                return None
            try:
                return self._read(folder, before)
            except self.passing:
                if attempt == _ATTEMPTS - 1:
                    raise
        return None


def _size(folder: Path) -> int:
    """Bytes of the files of a folder, as far as no writer takes them away meanwhile."""
    size = 0
    with suppress(FileNotFoundError):
        for path in folder.iterdir():
            with suppress(FileNotFoundError):
                size += path.stat().st_size
    return size
