"""The documents of an index in one file that only grows: where each belongs, its folded text, its card.

The number of a document is its place in the file. A writer that is killed leaves at most an unfinished entry at the
end, which the next writer cuts off, or entries that no index knows.
"""

import mmap
import os
import struct
from collections.abc import Iterable
from pathlib import Path

from search.shelf import Card, Place, read_card

_HEAD = struct.Struct("<III")


class CardFile:
    """One state of the file, mapped into memory; `before` is an earlier state of the same file."""

    def __init__(self, path: Path, before: "CardFile | None" = None) -> None:
        self.path = path
        self.places: list[Place | None] = list(before.places) if before else []
        self._texts: list[tuple[int, int, int]] = list(before._texts) if before else []
        self.end: int = before.end if before else 0
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            self._map: mmap.mmap | bytes = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ) if size else b""
        while self.end + _HEAD.size <= size:
            place, folded, card = _HEAD.unpack_from(self._map, self.end)
            start = self.end + _HEAD.size
            if start + place + folded + card > size:
                break
            self.places.append(Place.read(self._map[start : start + place]))
            start += place
            self._texts.append((start, start + folded, start + folded + card))
            self.end = start + folded + card

    def folded(self, number: int) -> str:
        start, end, _ = self._texts[number]
        return self._map[start:end].decode("utf-8", "surrogatepass")

    def card(self, number: int) -> Card:
        _, start, end = self._texts[number]
        return read_card(self._map[start:end], self.folded(number))

    def having(self, wanted: tuple[bytes, ...], among: Iterable[int]) -> list[int]:
        """Those of these documents whose folded text has one of some strings."""
        find, texts = self._map.find, self._texts
        found = []
        for number in among:
            start, end, _ = texts[number]
            for part in wanted:
                if find(part, start, end) >= 0:
                    found.append(number)
                    break
        return found


class CardWriter:
    """Adds entries at the end; the caller has the lock of the index."""

    def __init__(self, path: Path) -> None:
        path.touch()
        known = CardFile(path)
        self.next_number = len(known.places)
        os.truncate(path, known.end)
        self._file = path.open("ab")

    def add(self, card: Card) -> int:
        """Write an entry; returns its number."""
        place, folded, packed = card.place().packed(), card.folded().encode("utf-8", "surrogatepass"), card.packed()
        self._file.write(_HEAD.pack(len(place), len(folded), len(packed)) + place + folded + packed)
        self.next_number += 1
        return self.next_number - 1

    def close(self) -> None:
        """Have everything on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
