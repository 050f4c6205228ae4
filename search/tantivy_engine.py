"""An optional engine for large embedded archives: tantivy (``pip install kaiji[tantivy]``, KAIJI_SEARCH_ENGINE).

tantivy keeps which documents have a token; the documents themselves lie in a file beside it that is mapped into memory
(`search.card_file`), so that looking through their texts copies nothing. The common code does the rest
(`search.finding`). The library is imported when the first engine is made.
"""

import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from search import analyzer
from search.backend import Found, Stats
from search.card_file import CardFile, CardWriter
from search.finding import find_on
from search.generations import Generations
from search.query import Query
from search.record import Record
from search.shelf import Card, Place, as_bits, filed_under, newest_of, numbers, siblings_of, write_card

_CARDS = "cards.bin"
_FIELDS = ("title", "text", "facet")
_LONGEST_TOKEN = 400  # more than a key may have
_SET_CACHE, _MOST_CHECKED, _MOST_TEXTS = 8_192, 500, 2_000
_HEAP = 64_000_000


class TantivyMissing(RuntimeError):
    """The library is not installed."""


def library() -> Any:
    """tantivy; raises TantivyMissing."""
    try:
        import tantivy
    except ImportError as problem:
        raise TantivyMissing("tantivy is not installed: pip install 'kaiji[tantivy]'") from problem
    return tantivy


class TantivyShelf:
    """One state of the index, opened once and kept by the process."""

    def __init__(self, folder: Path, before: "TantivyShelf | None" = None) -> None:
        self._tantivy = library()
        self.folder, self.stamp = folder, stamp(folder)
        same = before if before is not None and before.folder == folder else None
        index: Any = same._index if same else self._tantivy.Index.open(str(folder))
        index.reload()
        self._index: Any = index
        self._schema, self._searcher = index.schema, index.searcher()
        self._file: CardFile = CardFile(folder / _CARDS, same._file if same else None)
        self.places: Sequence[Place | None] = self._file.places
        self.everything = as_bits(self._matching(self._tantivy.Query.all_query()), len(self.places))
        self._checked: dict[tuple[str, ...], tuple[int, int]] = {}
        self.postings = lru_cache(_SET_CACHE)(self._postings)
        self.starting = lru_cache(_SET_CACHE)(self._starting)
        self.folded = lru_cache(_MOST_TEXTS)(self._file.folded)

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
        looked, found = self._checked.get(literals, (0, 0))
        found |= as_bits(self._file.having(literals, numbers(within & ~looked)), len(self.places))
        if len(self._checked) > _MOST_CHECKED:
            self._checked.clear()
        self._checked[literals] = (looked | within, found)
        return found & within

    def cards(self, wanted: Iterable[int]) -> dict[int, Card]:
        return {number: self._file.card(number) for number in wanted}

    def _postings(self, field: str, token: str) -> int:
        query = self._tantivy.Query.term_query(self._schema, field, token[:_LONGEST_TOKEN], "basic")
        return as_bits(self._matching(query), len(self.places))

    def _starting(self, field: str, prefix: str) -> list[str]:
        return sorted(term for term, _ in self._searcher.terms_with_prefix(field, prefix))

    def _matching(self, query: Any) -> Sequence[int]:
        count = self._searcher.num_docs
        if not count:
            return ()
        query = self._tantivy.Query.const_score_query(query, 1.0)
        hits = self._searcher.search(query, count, count=False).hits
        found: Sequence[int] = self._searcher.fast_field_values("number", [address for _, address in hits])
        return found


class TantivyEngine:
    """See `search.backend.Backend`. One object a process; threads may share it."""

    def __init__(self, home: Path) -> None:
        library()
        self._folders = Generations(home, analyzer.VERSION)
        self._lock = threading.RLock()
        self._shelf: TantivyShelf | None = None
        self._process = os.getpid()

    def put(self, records: Iterable[Record], *, instead_of: Iterable[str] = (), afresh: bool = False) -> None:
        with self._folders.writing():
            folder = None if afresh else self._folders.current()
            if folder is None:
                folder = self._folders.begin()
                _write(folder, library().Index(_schema(), path=str(folder)), records, ())
                self._folders.switch(folder)
            else:
                _write(folder, library().Index.open(str(folder)), records, instead_of)

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
            except Exception:  # whatever a damaged file raises, a reader never sees it
                self._shelf = None
                return Found(ready=False)

    def state(self) -> str:
        with self._lock:
            shelf = self._open()
            return f"{shelf.folder.name}.{self._folders.switched()}.{shelf.stamp}" if shelf else ""

    def wipe(self) -> None:
        self.put((), afresh=True)

    def stats(self) -> Stats:
        missing = Stats("tantivy", False, 0, 0, "", {})
        with self._lock:
            shelf = self._open()
            if shelf is None:
                return missing
            try:
                held = shelf.cards(numbers(shelf.everything)).values()
            except Exception:  # an index that cannot be read in full is to be rebuilt
                return missing
            fingerprints = {card.record.id: card.fingerprint for card in held}
            size = sum(path.stat().st_size for path in shelf.folder.iterdir() if path.is_file())
            return Stats("tantivy", True, len(fingerprints), size, f"{shelf.folder.name}.{shelf.stamp}", fingerprints)

    def _open(self) -> TantivyShelf | None:
        """The present state; opened again only when another process or thread has committed since."""
        if self._process != os.getpid():
            self._process, self._shelf = os.getpid(), None
        folder = self._folders.current()
        try:
            shelf = self._shelf
            if folder is None or (shelf and shelf.folder == folder and shelf.stamp == stamp(folder)):
                return shelf if folder else None
            self._shelf = TantivyShelf(folder, shelf)
        except Exception:  # a damaged index counts as none
            self._shelf = None
        return self._shelf


def stamp(folder: Path) -> str:
    """Changes with each commit, which puts a new file in the place of this one."""
    found = (folder / "meta.json").stat()
    return f"{found.st_mtime_ns}.{found.st_ino}"


def _schema() -> Any:
    builder = library().SchemaBuilder()
    for name in _FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("number", fast=True)
    return builder.build()


def _write(folder: Path, index: Any, records: Iterable[Record], instead_of: Iterable[str]) -> None:
    cards = CardWriter(folder / _CARDS)
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    try:
        for key in instead_of:
            writer.delete_documents_by_term("facet", f"key={key}"[:_LONGEST_TOKEN])
        seen: set[str] = set()
        for record in records:
            if record.id in seen:
                continue  # the first of two with the same key and language counts
            seen.add(record.id)
            writer.delete_documents_by_term("facet", f"id={record.id}"[:_LONGEST_TOKEN])
            card = write_card(record)
            document = library().Document()
            document.add_unsigned("number", cards.add(card))
            for field, tokens in filed_under(card).items():
                for token in tokens:
                    document.add_text(field, token[:_LONGEST_TOKEN])
            writer.add_document(document)
        cards.close()
    except BaseException:
        cards.close()
        writer.rollback()
        raise
    writer.commit()
    writer.wait_merging_threads()
