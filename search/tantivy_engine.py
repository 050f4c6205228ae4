"""An optional engine for large embedded archives: tantivy (``pip install kaiji[tantivy]``, KAIJI_SEARCH_ENGINE).

tantivy keeps which documents have a token; the documents themselves lie in a file beside it that is mapped into memory
(`search.card_file`), so that looking through their texts copies nothing. The common code does the rest
(`search.finding`). The library is imported when the first engine is made.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from search.bits import as_bits
from search.card_file import CardFile, CardWriter
from search.folder_engine import FolderEngine, FolderShelf
from search.record import Record, once
from search.set_file import SetFile, SetWriter
from search.shelf import Card, filed_under, write_card

_CARDS, _SETS = "cards.bin", "sets.bin"
_LATER = "later=1"  # a facet of the documents that are not in the file of sets
_FIELDS = ("title", "text", "facet")
_LONGEST_TOKEN = 400  # more than a key may have
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
        self._sets: SetFile = same._sets if same else SetFile(folder / _SETS)
        self.places = self._file.places
        self.everything = as_bits(self._matching(self._tantivy.Query.all_query()), len(self.places))

    def is_current(self, folder: Path) -> bool:
        return folder == self.folder and stamp(folder) == self.stamp

    def card(self, number: int) -> Card:
        return self._file.card(number)

    def _folded(self, number: int) -> str:
        return self._file.folded(number)

    def _having(self, wanted: tuple[bytes, ...], within: int) -> int:
        return self._file.texts.having(wanted, within)

    def _postings(self, field: str, token: str) -> int:
        known = self._sets.get(field, token[:_LONGEST_TOKEN])
        query = self._term(field, token)
        if known is None:
            return as_bits(self._matching(query), len(self.places))
        must = self._tantivy.Occur.Must
        later = self._tantivy.Query.boolean_query([(must, query), (must, self._term("facet", _LATER))])
        return (known | as_bits(self._matching(later), len(self.places))) & self.everything

    def _term(self, field: str, token: str) -> Any:
        return self._tantivy.Query.term_query(self._schema, field, token[:_LONGEST_TOKEN], "basic")

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


class TantivyEngine(FolderEngine[TantivyShelf]):
    """See `search.folder_engine.FolderEngine`. Raises TantivyMissing when it is made."""

    name = "tantivy"

    def __init__(self, home: Path) -> None:
        library()
        super().__init__(home)

    def _begin(self, folder: Path) -> None:
        library().Index(_schema(), path=str(folder))

    def _write(self, folder: Path, records: Iterable[Record], instead_of: Iterable[str]) -> None:
        cards = CardWriter(folder / _CARDS)
        sets = None if cards.next_number else SetWriter()
        writer = library().Index.open(str(folder)).writer(heap_size=_HEAP, num_threads=1)
        try:
            for key in instead_of:
                writer.delete_documents_by_term("facet", f"key={key}"[:_LONGEST_TOKEN])
            for record in once(records):
                writer.delete_documents_by_term("facet", f"id={record.id}"[:_LONGEST_TOKEN])
                card = write_card(record)
                document, number = library().Document(), cards.add(card)
                document.add_unsigned("number", number)
                for field, tokens in filed_under(card).items():
                    named = [token[:_LONGEST_TOKEN] for token in tokens]
                    for token in named:
                        document.add_text(field, token)
                    if sets:
                        sets.add(field, named, number)
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


def _schema() -> Any:
    builder = library().SchemaBuilder()
    for name in _FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("number", fast=True)
    return builder.build()
