"""The default engine: Whoosh as a store of posting lists, embedded, without a service.

Whoosh's own matcher over postings with positions is what makes it slow on Japanese text. Here a posting says only that
a token exists in a document; lists are read once into bit sets and kept, and the common code does the rest
(`search.finding`). Each document's folded text lies in an uncompressed column for the exact check.

Within a folder Whoosh's commit is one rename of its table of contents, so a killed writer leaves the state before. A
folder that cannot be read counts as no index at all: the worker then builds a new one.
"""

from collections.abc import Iterable
from contextlib import suppress
from functools import reduce
from itertools import islice
from operator import or_
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.reading import TermNotFound

from search.bits import as_bits
from search.folder_engine import FolderEngine, FolderShelf
from search.record import Record, once
from search.shelf import Card, Place, filed_under, read_card, write_card
from search.texts import Texts
from search.whoosh_files import MappedFile, Storage
from search.whoosh_postings import Postings, set_of
from search.whoosh_schema import Codec, schema

_AT_ONCE = 20_000
_Columns = tuple[Texts, Any]  # folded texts, cards


class WhooshShelf(FolderShelf):
    """Whoosh's reader, by its segments."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._index = Storage(folder).open_index()
        self.stamp = str(self._index.latest_generation())  # read first: a commit in between is seen next time
        self._reader = self._index.reader()
        self._leaves: list[tuple[Any, int]] = []
        self._columns: list[_Columns] = []
        self.places: list[Place | None] = []
        size = self._reader.doc_count_all()
        for leaf, base in self._reader.leaf_readers():
            if not leaf.doc_count_all():
                continue
            self._leaves.append((leaf, base))
            self._columns.append((_texts(leaf.column_reader("folded"), base), leaf.column_reader("card")))
            column = leaf.column_reader("place")
            self.places += [Place.read(bytes(column[number])) for number in range(leaf.doc_count_all())]
        live = (number + base for leaf, base in self._leaves for number in leaf.all_doc_ids())
        self.everything = as_bits(live, size)

    def is_current(self, folder: Path) -> bool:
        return folder == self.folder and str(self._index.latest_generation()) == self.stamp

    def card(self, number: int) -> Card:
        texts, cards = self._column(number)
        return read_card(bytes(cards[number - texts.first]), self.folded(number))

    def _folded(self, number: int) -> str:
        texts, _ = self._column(number)
        return texts[number].decode("utf-8", "surrogatepass")

    def _having(self, wanted: tuple[bytes, ...], within: int) -> int:
        return reduce(or_, (texts.having(wanted, within) for texts, _ in self._columns), 0)

    def _column(self, number: int) -> "_Columns":
        for entry in reversed(self._columns):
            if entry[0].first <= number:
                return entry
        raise IndexError(number)

    def _postings(self, field: str, token: str) -> int:
        found = 0
        for leaf, base in self._leaves:
            with suppress(TermNotFound):
                found |= set_of(leaf.postings(field, token), leaf.doc_count_all()) << base
        return found & self.everything

    def _starting(self, field: str, prefix: str) -> list[str]:
        tokens = {token for leaf, _ in self._leaves for token in leaf.expand_prefix(field, prefix)}
        return sorted(token.decode("utf-8", "surrogatepass") for token in tokens)


def _texts(column: Any, first: int) -> Texts:
    """The texts of a column as they lie in the file of the segment."""
    raw = column.raw_column()
    file: MappedFile = raw._dbfile
    base = file.first + raw._basepos
    starts = [base + offset for offset in raw._offsets]
    ends = [start + length for start, length in zip(starts, raw._lengths, strict=True)]
    return Texts(file.mapped, starts, ends, first=first)


class WhooshEngine(FolderEngine[WhooshShelf]):
    """See `search.folder_engine.FolderEngine`."""

    name = "whoosh"
    passing = (OSError, index.IndexError)

    def _begin(self, folder: Path) -> None:
        Storage(folder).create_index(schema())

    def _write(self, folder: Path, records: Iterable[Record], instead_of: Iterable[str]) -> None:
        """So many records at a time that their postings fit into memory; usually that is all of them."""
        left, gone = once(records), tuple(instead_of)
        while _write_some(folder, islice(left, _AT_ONCE), gone) == _AT_ONCE:
            gone = ()

    def _read(self, folder: Path, before: WhooshShelf | None) -> WhooshShelf:
        return WhooshShelf(folder)


def _write_some(folder: Path, records: Iterable[Record], gone: Iterable[str]) -> int:
    """One commit; returns how many records are in it."""
    count = 0
    with Storage(folder).open_index().writer(codec=Codec()) as writer, writer.searcher() as before:
        writer.pool = postings = Postings()
        filled = before.doc_count_all() > 0
        for key in gone:
            writer.delete_by_term("facet", f"key={key}", searcher=before)
        for record in records:
            if filled:
                writer.delete_by_term("facet", f"id={record.id}", searcher=before)
            card, count = write_card(record), count + 1
            for field, tokens in filed_under(card).items():
                postings.file(field, tokens, writer.docnum)
            writer.add_document(
                folded=card.folded().encode("utf-8", "surrogatepass"), card=card.packed(), place=card.place().packed()
            )
    return count
