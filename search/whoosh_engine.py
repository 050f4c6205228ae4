"""The default engine: Whoosh as a store of posting lists, embedded, without a service.

Whoosh's own matcher over postings with positions is what makes it slow on Japanese text. Here a posting says only that
a token exists in a document; lists are read once into bit sets and kept, and the common code does the rest
(`search.finding`). Each document's folded text lies in an uncompressed column for the exact check.

Within a folder Whoosh's commit is one rename of its table of contents, so a killed writer leaves the state before. A
folder that cannot be read counts as no index at all: the worker then builds a new one.
"""

import os
import threading
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.reading import TermNotFound

from search import analyzer
from search.backend import Found, Stats
from search.finding import find_on
from search.generations import Generations
from search.query import Query
from search.record import Record
from search.shelf import Card, Place, as_bits, filed_under, newest_of, numbers, read_card, siblings_of, write_card
from search.whoosh_schema import Codec, schema
from search.whoosh_texts import Texts

_SET_CACHE = 8_192  # posting lists; each is an eighth of a byte a document
_MOST_CHECKED, _MOST_TEXTS = 500, 2_000
_PLACE_PARTS = 4


_Columns = tuple[Texts, Any]  # folded texts, cards


class WhooshShelf:
    """One state of the index on disk, opened once and kept by the process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._index = index.open_dir(str(folder))
        self.generation: int = self._index.latest_generation()  # read first: a commit in between is seen next time
        self._reader = self._index.reader()
        self._leaves: list[tuple[Any, int]] = []
        self._columns: list[_Columns] = []
        self.places: list[Place | None] = []
        self._checked: dict[tuple[str, ...], tuple[int, int]] = {}
        self.everything = 0
        size = self._reader.doc_count_all()
        for leaf, base in self._reader.leaf_readers():
            if not leaf.doc_count_all():
                continue
            self._leaves.append((leaf, base))
            self._columns.append((Texts(leaf.column_reader("folded"), base), leaf.column_reader("card")))
            self._read_places(leaf)
        live = (number + base for leaf, base in self._leaves for number in leaf.all_doc_ids())
        self.everything = as_bits(live, size)
        self.postings = lru_cache(_SET_CACHE)(self._postings)
        self.starting = lru_cache(_SET_CACHE)(self._starting)
        self.folded = lru_cache(_MOST_TEXTS)(self._folded)

    def is_current(self, folder: Path) -> bool:
        """Whether the index in this folder is still in the state that was opened."""
        return folder == self.folder and self._index.latest_generation() == self.generation

    @cached_property
    def siblings(self) -> Mapping[int, tuple[int, ...]]:
        return siblings_of(self.places, self.everything)

    @cached_property
    def newest(self) -> Sequence[int]:
        return newest_of(self.places)

    def fetch(self, field: str, tokens: Iterable[str]) -> None:
        """Nothing is far."""

    def read(self, wanted: Iterable[int]) -> None:
        """Nothing is far."""

    def containing(self, literals: tuple[str, ...], within: int) -> int:
        """Looks through the texts as they lie in the file: UTF-8 has a string where its bytes are."""
        looked, found = self._checked.get(literals, (0, 0))
        wanted = tuple(literal.encode("utf-8", "surrogatepass") for literal in literals)
        hits: list[int] = []
        left = list(numbers(within & ~looked))
        for texts, _ in reversed(self._columns):
            at = bisect_left(left, texts.first)
            hits += texts.having(wanted, left[at:])
            del left[at:]
        found |= as_bits(hits, len(self.places))
        if len(self._checked) > _MOST_CHECKED:
            self._checked.clear()
        self._checked[literals] = (looked | within, found)
        return found & within

    def _folded(self, number: int) -> str:
        texts, _ = self._column(number)
        return texts[number].decode("utf-8", "surrogatepass")

    def card(self, number: int) -> Card:
        texts, cards = self._column(number)
        return read_card(bytes(cards[number - texts.first]), self.folded(number))

    def cards(self, wanted: Iterable[int]) -> dict[int, Card]:
        return {number: self.card(number) for number in wanted}

    def close(self) -> None:
        self._reader.close()

    def _column(self, number: int) -> "_Columns":
        for entry in reversed(self._columns):
            if entry[0].first <= number:
                return entry
        raise IndexError(number)

    def _read_places(self, leaf: Any) -> None:
        column = leaf.column_reader("place")
        for number in range(leaf.doc_count_all()):
            parts = bytes(column[number]).decode("utf-8", "surrogatepass").split("\t")
            whole = len(parts) == _PLACE_PARTS
            self.places.append(Place(parts[0], parts[1], int(parts[2]), float(parts[3])) if whole else None)

    def _postings(self, field: str, token: str) -> int:
        found: list[int] = []
        for leaf, base in self._leaves:
            with suppress(TermNotFound):
                found.extend(number + base for number in leaf.postings(field, token).all_ids())
        return as_bits(found, len(self.places)) & self.everything

    def _starting(self, field: str, prefix: str) -> list[str]:
        tokens = {token for leaf, _ in self._leaves for token in leaf.expand_prefix(field, prefix)}
        return sorted(token.decode("utf-8", "surrogatepass") for token in tokens)


class WhooshEngine:
    """See `search.backend.Backend`. One object a process; threads may share it."""

    def __init__(self, home: Path) -> None:
        self._folders = Generations(home, analyzer.VERSION)
        self._lock = threading.RLock()
        self._shelf: WhooshShelf | None = None
        self._process = os.getpid()

    def put(self, records: Iterable[Record], *, instead_of: Iterable[str] = (), afresh: bool = False) -> None:
        with self._folders.writing():
            folder = None if afresh else self._folders.current()
            if folder is None:
                folder = self._folders.begin()
                index.create_in(str(folder), schema())
                _write(folder, records, ())
                self._folders.switch(folder)
            else:
                _write(folder, records, instead_of)

    def remove(self, keys: Iterable[str]) -> None:
        self.put((), instead_of=keys)

    def find(
        self,
        query: Query,
        *,
        language: str | None = None,
        filters: Mapping[str, str] | None = None,
        limit: int = 20,
        offset: int = 0,
        facets: tuple[str, ...] = (),
        newest: bool = False,
    ) -> Found:
        with self._lock:
            shelf = self._open()
            if shelf is None:
                return Found(ready=False)
            try:
                return find_on(
                    shelf,
                    query,
                    language=language,
                    filters=filters,
                    limit=limit,
                    offset=offset,
                    facets=facets,
                    newest=newest,
                )
            except Exception:  # whatever a damaged file makes Whoosh raise, a reader never sees it
                self._shelf = None
                return Found(ready=False)

    def state(self) -> str:
        with self._lock:
            shelf = self._open()
            return f"{shelf.folder.name}.{self._folders.switched()}.{shelf.generation}" if shelf else ""

    def wipe(self) -> None:
        self.put((), afresh=True)

    def stats(self) -> Stats:
        folder = self._folders.current()
        missing = Stats("whoosh", False, 0, 0, "", {})
        if folder is None:
            return missing
        try:
            shelf = _opened(self._folders)
            if shelf is None:
                return missing
            cards = [shelf.card(number) for number in range(len(shelf.places)) if shelf.everything >> number & 1]
        except Exception:  # an index that cannot be read in full is to be rebuilt
            return missing
        size = sum(path.stat().st_size for path in shelf.folder.iterdir() if path.is_file())
        fingerprints = {card.record.id: card.fingerprint for card in cards}
        return Stats("whoosh", True, len(cards), size, f"{shelf.folder.name}.{shelf.generation}", fingerprints)

    def _open(self) -> WhooshShelf | None:
        """The present state; opened again only when another process or thread has committed since."""
        if self._process != os.getpid():
            self._process, self._shelf = os.getpid(), None
        folder = self._folders.current()
        try:
            if folder and self._shelf and self._shelf.is_current(folder):
                return self._shelf
            self._shelf = _opened(self._folders)
        except Exception:  # a damaged index counts as none
            self._shelf = None
        return self._shelf


def _opened(folders: Generations) -> WhooshShelf | None:
    """Open the current folder; when a switch or a merge takes files away at that instant, the next one."""
    for attempt in range(6):
        folder = folders.current()
        if folder is None:
            return None
        try:
            return WhooshShelf(folder)
        except (OSError, index.IndexError):
            if attempt == 5:
                raise
    return None


def _write(folder: Path, records: Iterable[Record], instead_of: Iterable[str]) -> None:
    with index.open_dir(str(folder)).writer(limitmb=96, codec=Codec()) as writer, writer.searcher() as before:
        filled = before.doc_count_all() > 0
        for key in instead_of:
            writer.delete_by_term("facet", f"key={key}", searcher=before)
        seen: set[str] = set()
        for record in records:
            if record.id in seen:
                continue  # the first of two with the same key and language counts
            seen.add(record.id)
            if filled:
                writer.delete_by_term("facet", f"id={record.id}", searcher=before)
            card = write_card(record)
            place = card.place()
            writer.add_document(
                **filed_under(card),
                folded=card.folded().encode("utf-8", "surrogatepass"),
                card=card.packed(),
                place=f"{place.key}\t{place.language}\t{place.day}\t{place.weight}".encode("utf-8", "surrogatepass"),
            )
