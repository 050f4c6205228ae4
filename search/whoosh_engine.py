"""The default engine: Whoosh as a store of posting lists, embedded, without a service.

Whoosh's own matcher over postings with positions is what makes it slow on Japanese text. Here a posting says only that
a token exists in a document; lists are read once into bit sets and kept, and the common code does the rest
(`search.finding`). Each document's folded text lies in an uncompressed column for the exact check.

Within a folder Whoosh's commit is one rename of its table of contents, so a killed writer leaves the state before. A
folder that cannot be read counts as no index at all: the worker then builds a new one.
"""

from bisect import bisect_left
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.reading import TermNotFound

from search.folder_engine import FolderEngine, FolderShelf
from search.record import Record, once
from search.shelf import Card, Place, as_bits, filed_under, read_card, write_card
from search.whoosh_postings import Postings, numbers_of
from search.whoosh_schema import Codec, schema
from search.whoosh_texts import Texts

_AT_ONCE = 20_000
_Columns = tuple[Texts, Any]  # folded texts, cards


class WhooshShelf(FolderShelf):
    """Whoosh's reader, by its segments."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._index = index.open_dir(str(folder))
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
            self._columns.append((Texts(leaf.column_reader("folded"), base), leaf.column_reader("card")))
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

    def _having(self, wanted: tuple[bytes, ...], among: Iterable[int]) -> list[int]:
        hits: list[int] = []
        left = list(among)
        for texts, _ in reversed(self._columns):
            at = bisect_left(left, texts.first)
            hits += texts.having(wanted, left[at:])
            del left[at:]
        return hits

    def _column(self, number: int) -> "_Columns":
        for entry in reversed(self._columns):
            if entry[0].first <= number:
                return entry
        raise IndexError(number)

    def _postings(self, field: str, token: str) -> int:
        found: list[int] = []
        for leaf, base in self._leaves:
            with suppress(TermNotFound):
                chosen = numbers_of(leaf.postings(field, token))
                found.extend((number + base for number in chosen) if base else chosen)
        return as_bits(found, len(self.places)) & self.everything

    def _starting(self, field: str, prefix: str) -> list[str]:
        tokens = {token for leaf, _ in self._leaves for token in leaf.expand_prefix(field, prefix)}
        return sorted(token.decode("utf-8", "surrogatepass") for token in tokens)


class WhooshEngine(FolderEngine[WhooshShelf]):
    """See `search.folder_engine.FolderEngine`."""

    name = "whoosh"
    passing = (OSError, index.IndexError)

    def _begin(self, folder: Path) -> None:
        index.create_in(str(folder), schema())

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
    with index.open_dir(str(folder)).writer(codec=Codec()) as writer, writer.searcher() as before:
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
