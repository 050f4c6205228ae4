"""How many documents of a set have each value of a facet."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import chain

from search.bits import numbers

_FEW_VALUES = 50  # so few are counted each by its set
_NARROW = 10  # one document in more: their values are counted one by one


class Facet:
    """The values of one facet in one state of an index, in order, each with its set of documents of `size` in all."""

    def __init__(self, values: Sequence[str], sets: Sequence[int], size: int) -> None:
        self._values, self._sets, self._size = values, sets, size

    def counts(self, shown: int, most: int) -> tuple[tuple[str, int], ...]:
        """The values that are there, at most so many, the most frequent first."""
        if len(self._values) <= _FEW_VALUES:
            counted = {at: (held & shown).bit_count() for at, held in enumerate(self._sets)}
        elif shown.bit_count() * _NARROW < self._size:
            counted = Counter(chain.from_iterable(map(self._by_document.__getitem__, numbers(shown))))
        else:
            counted = self._largest_first(shown, most)
        count = len(self._values)  # count and value in one number, which is sorted several times as fast as pairs
        order = sorted([held * count - at for at, held in counted.items() if held], reverse=True)[:most]
        return tuple((self._values[-code % count], (code + -code % count) // count) for code in order)

    def _largest_first(self, shown: int, most: int) -> dict[int, int]:
        """Ends where no further value is in as many documents as the last one of the first `most`."""
        counted: dict[int, int] = {}
        for first in range(0, len(self._by_size), most):
            if first and self._sizes[self._by_size[first]] < sorted(counted.values(), reverse=True)[most - 1]:
                break
            counted.update((at, (self._sets[at] & shown).bit_count()) for at in self._by_size[first : first + most])
        return counted

    @cached_property
    def _sizes(self) -> list[int]:
        return [held.bit_count() for held in self._sets]

    @cached_property
    def _by_size(self) -> list[int]:
        """Places of values, those of the most documents first."""
        return sorted(range(len(self._sizes)), key=self._sizes.__getitem__, reverse=True)

    @cached_property
    def _by_document(self) -> list[tuple[int, ...]]:
        """The values of each document as places in `values`; documents with the same ones share them."""
        held: list[list[int]] = [[] for _ in range(self._size)]
        for index, documents in enumerate(self._sets):
            for number in numbers(documents):
                held[number].append(index)
        same: dict[tuple[int, ...], tuple[int, ...]] = {}
        return [same.setdefault(values, values) for values in map(tuple, held)]
