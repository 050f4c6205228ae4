"""Writing posting lists in bulk: Whoosh's own way handles each posting by itself, most of the time of building.

Documents come in the order of their numbers, so that the list of each token is ready when the last one is there; only
the tokens are sorted. A merge of segments goes the same way.
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any

from whoosh.codec.whoosh3 import W3FieldWriter, W3LeafMatcher, W3PostingsWriter

BLOCK = 1024


class Postings:
    """In the place of Whoosh's pool: by field and token the numbers of documents, four bytes each."""

    def __init__(self) -> None:
        self._held: dict[str, dict[str, array[int]]] = {}

    def file(self, field: str, tokens: Iterable[str], number: int) -> None:
        """A document has these tokens."""
        held = self._held.setdefault(field, {})
        for token in tokens:
            if token in held:
                held[token].append(number)
            else:
                held[token] = array("I", (number,))

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """A posting of a segment that is merged."""
        self.file(item[0], (item[1].decode("utf-8", "surrogatepass"),), item[2])

    def iter_postings(self) -> "Postings":
        """What Whoosh hands on to the writer of fields."""
        return self

    def lists(self) -> "Iterator[tuple[str, list[tuple[bytes, array[int]]]]]":
        """The fields in their order, each with its tokens in theirs."""
        for field in sorted(self._held):
            held = self._held[field].items()
            yield field, sorted((token.encode("utf-8", "surrogatepass"), numbers) for token, numbers in held)

    def cleanup(self) -> None:
        self._held.clear()


class BulkFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes whole lists."""

    def add_postings(self, schema: Any, _lengths: Any, items: Postings) -> None:
        for field, lists in items.lists():
            self.start_field(field, schema[field])
            for token, numbers in lists:
                self.start_term(token)
                self._postwriter.add_all(numbers)
                self.finish_term()
            self.finish_field()


class BulkPostingsWriter(W3PostingsWriter):  # type: ignore[misc]
    """Takes the numbers of a list block by block; each posting weighs 1 and says nothing more."""

    def add_all(self, numbers: "array[int]") -> None:
        for start in range(0, len(numbers), self._blocklimit):
            if start:
                self._write_block()
            self._ids = numbers[start : start + self._blocklimit]
            self._weights = array("f", (1.0,)) * len(self._ids)
            self._maxweight = 1.0

    def _mini_weights(self) -> None:
        """All are 1."""


def numbers_of(matcher: Any) -> Iterable[int]:
    """The numbers of a list, block by block; those of documents that were taken out may be among them."""
    inner = getattr(matcher, "child", matcher)
    if not isinstance(inner, W3LeafMatcher):
        return matcher.all_ids()  # type: ignore[no-any-return]
    found: list[int] = []
    while inner.is_active():
        if inner._data is None:
            inner._read_data()
        found.extend(accumulate(inner._data[0]))
        inner._next_block()
    return found
