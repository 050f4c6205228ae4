"""One segment of Whoosh's index: it never changes but for the documents that are taken out of it.

So a process keeps it, with whatever it read of it, from one state of the index to the next.
"""

from contextlib import suppress
from functools import lru_cache
from typing import Any

from whoosh.reading import TermNotFound

from search.cards import Card, Place, read_card
from search.texts import Texts
from search.whoosh_files import MappedFile
from search.whoosh_postings import set_of

_MOST_SETS = 4_096


class Leaf:
    """Documents are counted from the segment's first one."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._cards = reader.column_reader("card")
        self.size: int = reader.doc_count_all()
        self.texts = _texts(reader.column_reader("folded"))
        column = reader.column_reader("place")
        self.places: list[Place | None] = [Place.read(bytes(column[number])) for number in range(self.size)]
        self.postings = lru_cache(_MOST_SETS)(self._postings)

    def card(self, number: int, folded: str) -> Card:
        return read_card(bytes(self._cards[number]), folded)

    def starting(self, field: str, prefix: str) -> list[bytes]:
        return list(self._reader.expand_prefix(field, prefix))

    def _postings(self, field: str, token: str) -> int:
        """The documents that have a token, those that were taken out among them."""
        with suppress(TermNotFound):
            return set_of(self._reader.postings(field, token), self.size)
        return 0


def _texts(column: Any) -> Texts:
    """The texts of a column as they lie in the file of the segment."""
    raw = column.raw_column()
    file: MappedFile = raw._dbfile
    base = file.first + raw._basepos
    starts = [base + offset for offset in raw._offsets]
    return Texts(file.mapped, starts, [start + length for start, length in zip(starts, raw._lengths, strict=True)])
