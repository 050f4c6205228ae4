"""The documents of an index in one file that only grows: where each belongs, its folded text, its card.

The number of a document is its place in the file. A writer that is killed leaves at most an unfinished entry at the
end, which the next writer cuts off, or entries that no index knows.
"""

import os
import struct
from array import array
from pathlib import Path

from search.cards import Card, Entry, Place, read_card
from search.mapped import Mapped
from search.texts import Texts

_HEAD = struct.Struct("<III")


class CardFile:
    """One state of the file, mapped into memory; `before` is an earlier state, of which the beginning is taken over."""

    def __init__(self, path: Path, before: "CardFile | None" = None) -> None:
        self._map = Mapped(path)
        if before and before._map.inode != self._map.inode:  # another file of the same name, after a loss
            before = None
        self.places: list[Place | None] = list(before.places) if before else []
        self._starts: array[int] = array("Q", before._starts if before else ())
        self._ends: array[int] = array("Q", before._ends if before else ())
        self._packed: array[int] = array("I", before._packed if before else ())  # how long the card behind a text is
        self.end: int = before.end if before else 0
        while self.end + _HEAD.size <= self._map.size:
            place, folded, card = _HEAD.unpack(self._map.read(self.end, self.end + _HEAD.size))
            start = self.end + _HEAD.size
            if start + place + folded + card > self._map.size:
                break
            self.places.append(Place.read(self._map.read(start, start + place)))
            start += place
            self._starts.append(start)
            self._ends.append(start + folded)
            self._packed.append(card)
            self.end = start + folded + card
        self.texts: Texts = Texts(self._map, self._starts, self._ends, before.texts if before else None)

    def folded(self, number: int) -> str:
        return self.texts[number].decode("utf-8", "surrogatepass")

    def card(self, number: int) -> Card:
        start = self._ends[number]
        return read_card(self._map.read(start, start + self._packed[number]), self.folded(number))


class CardWriter:
    """Adds entries at the end; the caller has the lock of the index."""

    def __init__(self, path: Path, before: CardFile | None = None) -> None:
        path.touch()
        self.known = CardFile(path, before)
        self.next_number = len(self.known.places)
        os.truncate(path, self.known.end)
        self._file = path.open("ab")

    def add(self, entry: Entry) -> int:
        """Write an entry; returns its number."""
        place, folded, packed = entry.place().packed(), entry.folded().encode("utf-8", "surrogatepass"), entry.card()
        self._file.write(_HEAD.pack(len(place), len(folded), len(packed)) + place + folded + packed)
        self.next_number += 1
        return self.next_number - 1

    def close(self) -> None:
        """Have everything on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
