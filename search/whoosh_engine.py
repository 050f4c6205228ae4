"""The default engine: Whoosh as a store of posting lists, embedded, without a service.

Whoosh's own matcher over postings with positions is what makes it slow on Japanese text. Here a posting says only that
a token exists in a document; lists are read once into bit sets and kept, and the common code does the rest
(`search.finding`). Each document's folded text lies in an uncompressed column for the exact check.

Within a folder Whoosh's commit is one rename of its table of contents, so a killed writer leaves the state before. A
folder that cannot be read counts as no index at all: the worker then builds a new one.
"""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from whoosh import index

from search.bits import as_bits
from search.cards import Card, Place, entry_of
from search.folder_engine import FolderEngine, FolderShelf
from search.record import Record, once
from search.whoosh_files import Storage
from search.whoosh_leaf import Leaf
from search.whoosh_postings import Postings
from search.whoosh_schema import Codec, schema

_AT_ONCE = 20_000


class WhooshShelf(FolderShelf):
    """The segments of one state; those that were there `before` are kept with what was read of them."""

    def __init__(self, folder: Path, before: "WhooshShelf | None" = None) -> None:
        super().__init__(folder)
        self._index = Storage(folder).open_index()
        self.stamp = str(self._index.latest_generation())  # read first: a commit in between is seen next time
        known = before.leaves if before is not None and before.folder == folder else {}
        reader = self._index.reader()
        self.leaves: dict[str, Leaf] = {}
        self._firsts: list[int] = []
        self.places: list[Place | None] = []
        live = 0
        for segment, first in reader.leaf_readers():
            if segment.doc_count_all():
                name = str(segment.segment().segment_id())
                leaf = self.leaves[name] = known.get(name) or Leaf(segment)
                self._firsts.append(first)
                self.places += leaf.places
                live |= as_bits(segment.all_doc_ids(), leaf.size) << first
        self.everything = live
        self._parts = list(zip(self.leaves.values(), self._firsts, strict=True))

    def is_current(self, folder: Path) -> bool:
        return folder == self.folder and str(self._index.latest_generation()) == self.stamp

    def card(self, number: int) -> Card:
        leaf, first = self._part(number)
        return leaf.card(number - first, self.folded(number))

    def _folded(self, number: int) -> str:
        leaf, first = self._part(number)
        return leaf.texts[number - first].decode("utf-8", "surrogatepass")

    def _having(self, wanted: tuple[bytes, ...], within: int) -> int:
        found = 0
        for leaf, first in self._parts:
            found |= leaf.texts.having(wanted, within >> first & (1 << leaf.size) - 1) << first
        return found

    def _part(self, number: int) -> tuple[Leaf, int]:
        return self._parts[bisect_right(self._firsts, number) - 1]

    def _postings(self, field: str, token: str) -> int:
        found = 0
        for leaf, first in self._parts:
            found |= leaf.postings(field, token) << first
        return found & self.everything

    def _starting(self, field: str, prefix: str) -> list[str]:
        tokens = {token for leaf, _ in self._parts for token in leaf.starting(field, prefix)}
        return sorted(token.decode("utf-8", "surrogatepass") for token in tokens)


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
        return WhooshShelf(folder, before)


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
            entry, count = entry_of(record), count + 1
            for field, tokens in entry.tokens().items():
                postings.file(field, tokens, writer.docnum)
            writer.add_document(
                folded=entry.folded().encode("utf-8", "surrogatepass"), card=entry.card(), place=entry.place().packed()
            )
    return count
