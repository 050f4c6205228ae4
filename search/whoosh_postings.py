"""Writing posting lists in bulk: Whoosh's own way handles each posting by itself, most of the time of building.

Documents come in the order of their numbers, so that the list of each token is ready when the last one is there; only
the tokens are sorted. A merge of segments goes the same way.
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain
from operator import sub
from typing import Any

from whoosh.codec.whoosh3 import W3FieldWriter, W3LeafMatcher, W3PostingsWriter

from search.bits import as_bits

BLOCK = 65_536  # a list is read whole: each block costs more than what is in it
_FEW = 64  # one document in so many: the set is written beside the numbers
_BYTE = 256


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

    def _mini_ids(self) -> "bytes | tuple[int, ...]":
        """Distances; where all are small they are one byte each, which is read at once."""
        distances = tuple(map(sub, self._ids, chain((0,), self._ids)))
        return bytes(distances) if max(distances) < _BYTE else distances

    def _mini_weights(self) -> None:
        """All are 1."""

    def _mini_values(self) -> bytes | None:
        """A token that merely exists has no values; in their place stands the set of a long list, ready to be used."""
        last = self._ids[-1]
        return as_bits(self._ids, last + 1).to_bytes(last // 8 + 1, "little") if len(self._ids) * _FEW > last else None


def set_of(matcher: Any, size: int) -> int:
    """The documents of a list, block by block, of a segment of `size`; those that were taken out may be among them."""
    inner = getattr(matcher, "child", matcher)
    if not isinstance(inner, W3LeafMatcher):
        return as_bits(matcher.all_ids(), size)
    found = 0
    while inner.is_active():
        if inner._data is None:
            inner._read_data()
        distances, _, packed = inner._data
        found |= int.from_bytes(packed, "little") if packed else as_bits(accumulate(distances), size)
        inner._next_block()
    return found
