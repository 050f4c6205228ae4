"""The folded texts of documents as they lie in a file, looked through without copying or decoding them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, repeat
from operator import ge

from search.bits import as_bits, flags_of, from_flags, numbers
from search.mapped import Mapped

_MOST_KNOWN = 500
_AT_ONCE = 4_096  # texts of which none is let go before all were looked at
_ALL_AT_ONCE = (1 << _AT_ONCE) - 1
_FEW = 8  # one in so many: chosen one by one
_SINGLE = 100  # no more than these: without going through the others
_PAGE = 1 << 12


class Texts:
    """Texts from `starts` to `ends` of mapped memory, in UTF-8; what was looked for once is known from then on.

    `before` are the first of these texts: what is known of them is known here.
    """

    def __init__(
        self,
        mapped: Mapped,
        starts: Sequence[int],
        ends: Sequence[int],
        before: "Texts | None" = None,
    ) -> None:
        self._mapped, self._starts, self._ends, self._size = mapped, starts, ends, len(starts)
        self._known: dict[tuple[bytes, ...], tuple[int, int]] = dict(before._known) if before else {}

    def __getitem__(self, number: int) -> bytes:
        return self._mapped.read(self._starts[number], self._ends[number])

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
        if within.bit_count() <= _SINGLE:
            self._mapped.hold(_PAGE * within.bit_count())
            return self._one_by_one(part, within, self._starts, self._ends)
        found = 0
        for first in range(0, self._size, _AT_ONCE):
            if some := within >> first & _ALL_AT_ONCE:
                starts, ends = self._starts[first : first + _AT_ONCE], self._ends[first : first + _AT_ONCE]
                found |= self._looked(part, some, starts, ends) << first
        return found

    def _looked(self, part: bytes, within: int, starts: Sequence[int], ends: Sequence[int]) -> int:
        """A loop of the interpreter takes longer than looking does: there is none where many are looked at."""
        count, size = within.bit_count(), len(starts)
        self._mapped.hold((ends[-1] - starts[0]) * count // size)
        if count * _FEW < size:
            return self._one_by_one(part, within, starts, ends)
        if count * 2 > size:
            return from_flags(bytes(self._look(part, starts, ends))) & within
        flags = flags_of(within, size)
        hits = self._look(part, compress(starts, flags), compress(ends, flags))
        return as_bits(compress(compress(range(size), flags), hits), size)

    def _one_by_one(self, part: bytes, within: int, starts: Sequence[int], ends: Sequence[int]) -> int:
        chosen = numbers(within)
        hits = self._look(part, map(starts.__getitem__, chosen), map(ends.__getitem__, chosen))
        return as_bits(compress(chosen, hits), len(starts))

    def _look(self, part: bytes, starts: Iterable[int], ends: Iterable[int]) -> Iterator[bool]:
        return map(ge, map(self._mapped.find, repeat(part), starts, ends), repeat(0))
