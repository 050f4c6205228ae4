"""How many documents of a set have each value of a facet."""

import heapq
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import chain, compress
from operator import neg

from search.bits import flags_of, numbers

_BY_VALUE = 12  # reading the values of a document takes the time of counting so many-th part of a value's set


class Facet:
    """The values of one facet in one state of an index, each with its set of documents, of `size` in all."""

    def __init__(self, values: Sequence[str], sets: Sequence[int], everything: int, size: int) -> None:
        self._values, self._sets, self._everything, self._size = values, sets, everything, size

    def counts(self, shown: int, most: int) -> tuple[tuple[str, int], ...]:
        """The values that are there, at most so many, the most frequent first."""
        best = heapq.nsmallest(most, zip(map(neg, self._counted(shown)), self._values, strict=True))
        return tuple((value, -count) for count, value in best if count)

    def _counted(self, shown: int) -> list[int]:
        count = shown.bit_count()
        hidden = self._everything & ~shown
        fewer = min(count, hidden.bit_count())
        if fewer > len(self._values) * _BY_VALUE:
            return list(map(int.bit_count, map(shown.__and__, self._sets)))
        counted = [0] * len(self._values) if fewer == count else self._totals.copy()
        sign = 1 if fewer == count else -1
        for index, held in self._held(shown if fewer == count else hidden).items():
            counted[index] += sign * held
        return counted

    def _held(self, documents: int) -> Counter[int]:
        return Counter(chain.from_iterable(compress(self._by_document, flags_of(documents, self._size))))

    @cached_property
    def _totals(self) -> list[int]:
        return [held.bit_count() for held in self._sets]

    @cached_property
    def _by_document(self) -> list[tuple[int, ...]]:
        """The values of each document as places in `values`; documents with the same ones share them."""
        held: list[list[int]] = [[] for _ in range(self._size)]
        for index, documents in enumerate(self._sets):
            for number in numbers(documents):
                held[number].append(index)
        same: dict[tuple[int, ...], tuple[int, ...]] = {}
        return [same.setdefault(values, values) for values in map(tuple, held)]
