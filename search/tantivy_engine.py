"""An optional engine for large embedded archives: tantivy (``pip install kaiji[tantivy]``, KAIJI_SEARCH_ENGINE).

tantivy keeps which documents have a token; the documents themselves lie in a file beside it that is mapped into memory
(`search.card_file`), so that looking through their texts copies nothing. The common code does the rest
(`search.finding`). The library is imported when the first engine is made.
"""

import time
from collections.abc import Iterable
from functools import lru_cache, reduce
from itertools import pairwise
from operator import or_
from pathlib import Path
from typing import Any

from portal.core import clock
from search import analyzer
from search.bits import as_bits
from search.card_file import CardFile, CardWriter
from search.cards import Card, entry_of
from search.folder_engine import FolderEngine, FolderShelf
from search.record import Record, once
from search.set_file import SetFile, SetWriter

_CARDS, _SETS = "cards.bin", "sets.bin"
_LATER = "later=1"  # a facet of the documents that are not in the file of sets
_FIELDS = ("title", "text", "facet")
_RUNS = "runs"  # the pairs of characters of a text in their order
_BETWEEN = " | "
_ONE_BY_ONE = 64  # texts; so few are looked through here
_LONGEST_TOKEN = 400  # more than a key may have
_HEAP = 64_000_000
_MOST_PHRASES = 500
_LONGEST_WAIT, _PAUSE = 10.0, 0.02  # seconds


class TantivyMissing(RuntimeError):
    """The library is not installed."""


def library() -> Any:
    """tantivy; raises TantivyMissing."""
    try:
        import tantivy
    except ImportError as problem:
        raise TantivyMissing("tantivy is not installed: pip install 'kaiji[tantivy]'") from problem
    return tantivy


class TantivyShelf(FolderShelf):
    """tantivy's searcher, and the file of documents."""

    def __init__(self, folder: Path, before: "TantivyShelf | None" = None) -> None:
        super().__init__(folder)
        self._tantivy = library()
        self.stamp = stamp(folder)
        same = before if before is not None and before.folder == folder else None
        index: Any = same._index if same else self._tantivy.Index.open(str(folder))
        index.reload()
        self._index: Any = index
        self._schema, self._searcher = index.schema, index.searcher()
        self._file: CardFile = CardFile(folder / _CARDS, same._file if same else None)
        self._sets: SetFile = SetFile(folder / _SETS, same._sets if same else None)
        self.places = self._file.places
        self.everything = self._matching(self._tantivy.Query.all_query())
        self._later = self._matching(self._term("facet", _LATER))
        self._with_phrase = lru_cache(_MOST_PHRASES)(self._phrase)

    def is_current(self, folder: Path) -> bool:
        return folder == self.folder and stamp(folder) == self.stamp

    def card(self, number: int) -> Card:
        return self._file.card(number)

    def _folded(self, number: int) -> str:
        return self._file.folded(number)

    def _having(self, wanted: tuple[bytes, ...], within: int) -> int:
        return self._file.texts.having(wanted, within)

    def containing(self, literals: tuple[str, ...], within: int) -> int:
        """Of many documents tantivy knows it, which looks at the places of pairs of characters alone."""
        runs = all(len(literal) > 2 and analyzer.DENSE_RUN.fullmatch(literal) for literal in literals)
        if within.bit_count() <= _ONE_BY_ONE or not runs:
            return super().containing(literals, within)
        return reduce(or_, map(self._with_phrase, literals)) & within

    def _phrase(self, literal: str) -> int:
        """The documents in which the characters of a literal, at least three, stand one after another."""
        query, occur, last = self._tantivy.Query, self._tantivy.Occur, len(literal) - 2
        pairs = [(at, literal[at : at + 2]) for at in sorted({*range(0, last, 2), last})]
        phrase, alone = query.phrase_query(self._schema, _RUNS, pairs), analyzer.SPELLED + literal
        # Where it stands alone is known already; listing documents takes longer than finding them.
        others = query.boolean_query([(occur.Must, phrase), (occur.MustNot, self._term("text", alone))])
        return self.postings("text", alone) | self._matching(others)

    def _postings(self, field: str, token: str) -> int:
        known = self._sets.get(field, token[:_LONGEST_TOKEN])
        query = self._term(field, token)
        if known is None:
            return self._matching(query)
        if self._later:
            must, later = self._tantivy.Occur.Must, self._term("facet", _LATER)
            known |= self._matching(self._tantivy.Query.boolean_query([(must, query), (must, later)]))
        return known & self.everything

    def _term(self, field: str, token: str) -> Any:
        return self._tantivy.Query.term_query(self._schema, field, token[:_LONGEST_TOKEN], "basic")

    def _starting(self, field: str, prefix: str) -> list[str]:
        return sorted(term for term, _ in self._searcher.terms_with_prefix(field, prefix))

    def _matching(self, query: Any) -> int:
        """The documents that match, as a set."""
        count = self._searcher.num_docs
        if not count:
            return 0
        query = self._tantivy.Query.const_score_query(query, 1.0)
        hits = self._searcher.search(query, count, count=False).hits
        found = self._searcher.fast_field_values("number", [address for _, address in hits])
        return as_bits(found, len(self.places))


class TantivyEngine(FolderEngine[TantivyShelf]):
    """See `search.folder_engine.FolderEngine`. Raises TantivyMissing when it is made."""

    name = "tantivy"

    def __init__(self, home: Path) -> None:
        library()
        super().__init__(home)
        self._written: CardFile | None = None  # as the last writing of this process found it

    def _begin(self, folder: Path) -> None:
        library().Index(_schema(), path=str(folder))

    def _write(self, folder: Path, records: Iterable[Record], instead_of: Iterable[str]) -> None:
        cards = CardWriter(folder / _CARDS, self._written)
        self._written = cards.known
        sets = None if cards.next_number else SetWriter()
        writer = _writer(folder)
        try:
            for key in instead_of:
                writer.delete_documents_by_term("facet", f"key={key}"[:_LONGEST_TOKEN])
            for record in once(records):
                writer.delete_documents_by_term("facet", f"id={record.id}"[:_LONGEST_TOKEN])
                entry = entry_of(record)
                document, number = library().Document(), cards.add(entry)
                document.add_unsigned("number", number)
                for field, tokens in entry.tokens().items():
                    named = [token[:_LONGEST_TOKEN] for token in tokens]
                    for token in named:
                        document.add_text(field, token)
                    if sets:
                        sets.add(field, named, number)
                document.add_text(_RUNS, _pairs(entry.folded()))
                if not sets:
                    document.add_text("facet", _LATER)
                writer.add_document(document)
            cards.close()
            if sets:
                sets.write(folder / _SETS)
        except BaseException:
            cards.close()
            writer.rollback()
            raise
        writer.commit()
        writer.wait_merging_threads()

    def _read(self, folder: Path, before: TantivyShelf | None) -> TantivyShelf:
        return TantivyShelf(folder, before)


def stamp(folder: Path) -> str:
    """Changes with each commit, which puts a new file in the place of this one."""
    found = (folder / "meta.json").stat()
    return f"{found.st_mtime_ns}.{found.st_ino}"


def _writer(folder: Path) -> Any:
    """tantivy's own, which has a lock besides ours: the system takes both from a killed process, not at one instant."""
    index, until = library().Index.open(str(folder)), clock.monotonic() + _LONGEST_WAIT
    while True:
        try:
            writer = index.writer(heap_size=_HEAP, num_threads=1)
        except ValueError:
            if clock.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            writer.garbage_collect_files()  # a file that a killed writer left may have the name of the next one
            return writer


def _pairs(text: str) -> str:
    """The pairs of each run of characters of a folded text, with a mark between runs that no phrase has."""
    return _BETWEEN.join(" ".join(map("".join, pairwise(run))) for run in analyzer.DENSE_RUN.findall(text))


def _schema() -> Any:
    builder = library().SchemaBuilder()
    for name in _FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(_RUNS, tokenizer_name="whitespace", index_option="position")
    builder.add_unsigned_field("number", fast=True)
    return builder.build()
