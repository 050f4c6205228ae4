"""The documents of an index in the order of their days."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import compress, islice

from search.bits import as_bits, bytes_of, flags_of, numbers

_DENSE = 4  # one document in fewer


class ByDay:
    """All documents of one state of an index, those of the latest day first.

    `days` are proleptic ordinals by document number, 0 where there is none: those come last.
    """

    def __init__(self, days: Sequence[int]) -> None:
        self._numbers = array("I", sorted(range(len(days)), key=days.__getitem__, reverse=True))
        self._before = [-days[number] for number in self._numbers]
        self._ranks = array("I", bytes(4 * len(days)))
        for rank, number in enumerate(self._numbers):
            self._ranks[number] = rank

    def first(self, chosen: int, wanted: int) -> list[int]:
        """The latest documents of a set, at most `wanted`, in their order."""
        count, size = chosen.bit_count(), len(self._numbers)
        if not count:
            return []
        if count * count * 4 < size * wanted:  # cheaper to order them than to go through the others
            return [self._numbers[rank] for rank in sorted(map(self._ranks.__getitem__, numbers(chosen)))[:wanted]]
        if count * _DENSE > size:  # the first ones are soon found
            held = bytes_of(chosen, size)
            return list(islice((number for number in self._numbers if held[number >> 3] >> (number & 7) & 1), wanted))
        flags = flags_of(chosen, size)
        return list(islice(compress(self._numbers, map(flags.__getitem__, self._numbers)), wanted))

    def between(self, since: date | None, until: date | None) -> int:
        """The documents with a day from `since` to `until`, both included; None leaves that end open."""
        start = bisect_left(self._before, -until.toordinal() if until else -date.max.toordinal())
        end = bisect_right(self._before, -since.toordinal() if since else -1)
        return as_bits(self._numbers[start:end], len(self._numbers))
