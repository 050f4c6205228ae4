"""The folded texts of documents as they lie in a file, looked through without copying or decoding them."""

import mmap
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, repeat
from operator import ge

from search.bits import as_bits, flags_of, from_flags, numbers

_MOST_KNOWN = 500
_FEW = 8  # one in so many: chosen one by one


class Texts:
    """Texts from `starts` to `ends` of mapped memory, in UTF-8; what was looked for once is known from then on.

    `before` are the first of these texts: what is known of them is known here.
    """

    def __init__(
        self,
        mapped: "mmap.mmap | bytes",
        starts: Sequence[int],
        ends: Sequence[int],
        before: "Texts | None" = None,
    ) -> None:
        self._mapped, self._starts, self._ends, self._size = mapped, starts, ends, len(starts)
        self._known: dict[tuple[bytes, ...], tuple[int, int]] = dict(before._known) if before else {}

    def __getitem__(self, number: int) -> bytes:
        return self._mapped[self._starts[number] : self._ends[number]]

    def having(self, wanted: tuple[bytes, ...], within: int) -> int:
        """Those of a set of texts that have one of some strings."""
        looked, found = self._known.get(wanted, (0, 0))
        left = within & ~looked
        if left:
            for part in wanted:
                new = self._having(part, left) if left else 0
                found |= new
                left &= ~new
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            self._known[wanted] = (looked | within, found)
        return found & within

    def _having(self, part: bytes, within: int) -> int:
        """A loop of the interpreter takes longer than looking does: there is none where many are looked at."""
        count = within.bit_count()
        if count * _FEW < self._size:
            chosen = list(numbers(within))
            hits = self._look(part, map(self._starts.__getitem__, chosen), map(self._ends.__getitem__, chosen))
            return as_bits(compress(chosen, hits), self._size)
        if count * 2 > self._size:
            return from_flags(bytes(self._look(part, self._starts, self._ends))) & within
        flags = flags_of(within, self._size)
        hits = self._look(part, compress(self._starts, flags), compress(self._ends, flags))
        return as_bits(compress(compress(range(self._size), flags), hits), self._size)

    def _look(self, part: bytes, starts: Iterable[int], ends: Iterable[int]) -> Iterator[bool]:
        return map(ge, map(self._mapped.find, repeat(part), starts, ends), repeat(0))
