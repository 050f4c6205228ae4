"""The folded texts of one segment as they lie in its file, looked through without decoding them."""

from collections.abc import Iterable
from typing import Any


class Texts:
    """`first` is the number of the segment's first document; `column` is Whoosh's reader of a column of bytes."""

    def __init__(self, column: Any, first: int) -> None:
        self.first = first
        self._column = column
        raw = column.raw_column()
        lengths, offsets, base = raw._lengths, raw._offsets, raw._basepos
        # Whoosh's own access copies through four layers; a file mapped into memory can be sliced at once.
        self._buffer = getattr(raw._dbfile, "_buf", None)
        self._places = [(base + offset, base + offset + length) for offset, length in zip(offsets, lengths)]  # noqa: B905

    def __getitem__(self, number: int) -> bytes:
        if self._buffer is None:
            return bytes(self._column[number - self.first])
        start, end = self._places[number - self.first]
        return bytes(self._buffer[start:end])

    def having(self, wanted: tuple[bytes, ...], among: Iterable[int]) -> list[int]:
        """Those of these documents, all of this segment, that have one of some strings."""
        if self._buffer is None or len(wanted) > 1:
            return [number for number in among if any(part in self[number] for part in wanted)]
        part, buffer, places, first = wanted[0], self._buffer, self._places, self.first
        found = []
        for number in among:
            start, end = places[number - first]
            if part in bytes(buffer[start:end]):
                found.append(number)
        return found
