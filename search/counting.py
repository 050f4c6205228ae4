"""How many documents of a set have each value of a facet."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import chain, compress

from search.bits import flags_of, numbers

_FEW_VALUES = 50  # so few are counted each by its set
_FEW, _FAR, _MOST_KNOWN = 8, 16, 8  # one document in so many; so many sets of which the counts are kept


class Facet:
    """The values of one facet in one state of an index, in order, each with its set of documents of `size` in all.

    Counting begins with the counts that are known of a set with nearly the same documents.
    """

    def __init__(self, values: Sequence[str], sets: Sequence[int], everything: int, size: int) -> None:
        self._values, self._sets, self._size = values, sets, size
        self._known = [(0, [0] * len(values)), (everything, [held.bit_count() for held in sets])]

    def counts(self, shown: int, most: int) -> tuple[tuple[str, int], ...]:
        """The values that are there, at most so many, the most frequent first."""
        count = len(self._values)  # count and value in one number, which is sorted several times as fast as pairs
        order = sorted([held * count - at for at, held in enumerate(self._counted(shown)) if held], reverse=True)[:most]
        return tuple((self._values[-code % count], (code + -code % count) // count) for code in order)

    def _counted(self, shown: int) -> list[int]:
        if len(self._sets) <= _FEW_VALUES:
            return [(held & shown).bit_count() for held in self._sets]
        near, known = min(self._known, key=lambda kept: (kept[0] ^ shown).bit_count())
        counted = known.copy()
        for index, held in self._held(shown & ~near).items():
            counted[index] += held
        for index, held in self._held(near & ~shown).items():
            counted[index] -= held
        if (near ^ shown).bit_count() * _FAR > self._size:
            self._known = [*self._known[:2], *self._known[2:][-_MOST_KNOWN:], (shown, counted)]
        return counted

    def _held(self, documents: int) -> Counter[int]:
        if documents.bit_count() * _FEW < self._size:
            return Counter(chain.from_iterable(map(self._by_document.__getitem__, numbers(documents))))
        return Counter(chain.from_iterable(compress(self._by_document, flags_of(documents, self._size))))

    @cached_property
    def _by_document(self) -> list[tuple[int, ...]]:
        """The values of each document as places in `values`; documents with the same ones share them."""
        held: list[list[int]] = [[] for _ in range(self._size)]
        for index, documents in enumerate(self._sets):
            for number in numbers(documents):
                held[number].append(index)
        same: dict[tuple[int, ...], tuple[int, ...]] = {}
        return [same.setdefault(values, values) for values in map(tuple, held)]
