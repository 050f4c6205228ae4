"""A file of an index, mapped into memory, of which a process holds only a part at a time.

What was read stays with the system's cache of files, from where it is mapped again within microseconds. Held on to, the
files of a large index would be counted as memory of each process.
"""

import mmap
import os
from pathlib import Path

_AROUND = 1 << 15  # what a read adds on average: 64 kB are mapped around it, many reads are near each other
_MOST = 12 << 20


class Mapped:
    """Bytes of a file as it was when it was opened."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            self.size, self.inode = found.st_size, found.st_ino
            self._map = mmap.mmap(file.fileno(), self.size, access=mmap.ACCESS_READ) if self.size else None
        self._held = 0
        self.find = self._map.find if self._map else b"".find

    def read(self, start: int, end: int) -> bytes:
        self.hold(_AROUND)
        return self._map[start:end] if self._map else b""

    def hold(self, size: int) -> None:
        """So many bytes will be looked at; lets go what was held before when it would be too much."""
        self._held += size
        if self._held > _MOST and self._map:
            self._map.madvise(mmap.MADV_DONTNEED)
            self._held = size
