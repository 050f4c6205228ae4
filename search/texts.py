"""The folded texts of documents as they lie in a file, looked through without copying or decoding them."""

import mmap
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, repeat
from operator import ge

from search.bits import as_bits, flags_of, from_flags, numbers

_FEW = 8  # one in so many: chosen one by one


class Texts:
    """Texts from `starts` to `ends` of mapped memory, in UTF-8; `first` is the number of the first document."""

    def __init__(
        self, mapped: "mmap.mmap | bytes", starts: Sequence[int], ends: Sequence[int], *, first: int = 0
    ) -> None:
        self._mapped, self._starts, self._ends = mapped, starts, ends
        self.first, self.size = first, len(starts)

    def __getitem__(self, number: int) -> bytes:
        return self._mapped[self._starts[number - self.first] : self._ends[number - self.first]]

    def having(self, wanted: tuple[bytes, ...], within: int) -> int:
        """Those of a set of documents that have one of some strings; those of other segments are left out."""
        left = within >> self.first & (1 << self.size) - 1
        found = 0
        for part in wanted:
            if not left:
                break
            new = self._having(part, left)
            found |= new
            left &= ~new
        return found << self.first

    def _having(self, part: bytes, within: int) -> int:
        """A loop of the interpreter takes longer than looking does: there is none where many are looked at."""
        count = within.bit_count()
        if count * _FEW < self.size:
            chosen = list(numbers(within))
            hits = self._look(part, map(self._starts.__getitem__, chosen), map(self._ends.__getitem__, chosen))
            return as_bits(compress(chosen, hits), self.size)
        if count * 2 > self.size:
            return from_flags(bytes(self._look(part, self._starts, self._ends))) & within
        flags = flags_of(within, self.size)
        hits = self._look(part, compress(self._starts, flags), compress(self._ends, flags))
        return as_bits(compress(compress(range(self.size), flags), hits), self.size)

    def _look(self, part: bytes, starts: Iterable[int], ends: Iterable[int]) -> Iterator[bool]:
        return map(ge, map(self._mapped.find, repeat(part), starts, ends), repeat(0))
