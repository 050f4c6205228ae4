"""The files of an index as Whoosh reads them here: mapped into memory and never copied.

Whoosh maps a segment too, but copies every part of it as it is opened, so that each process would hold the whole index
once more.
"""

import os
from array import array
from pathlib import Path
from sys import byteorder
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from search.mapped import Mapped

_SEGMENT = ".seg"


class _Window:
    """A part of mapped memory, read as a file."""

    def __init__(self, mapped: Mapped, first: int, length: int) -> None:
        self._mapped, self._first, self._length, self._at = mapped, first, length, 0

    def read(self, size: int | None = None) -> bytes:
        start = self._first + self._at
        left = max(0, self._length - self._at)
        read = self._mapped.read(start, start + (left if size is None or size < 0 else min(size, left)))
        self._at += len(read)
        return read

    def readline(self) -> bytes:
        start, last = self._first + self._at, self._first + self._length
        end = self._mapped.find(b"\n", start, last)
        return self.read((end + 1 if end >= 0 else last) - start)

    def seek(self, where: int, whence: int = os.SEEK_SET) -> None:
        self._at = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._length}[whence] + where

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        """What is mapped is let go with the last part of it."""


class MappedFile(StructFile):  # type: ignore[misc]
    """Whoosh's way of reading numbers and arrays from a file, over a part of mapped memory."""

    def __init__(self, mapped: Mapped, first: int, length: int, name: str | None = None) -> None:
        super().__init__(_Window(mapped, first, length), name)
        self.mapped, self.first = mapped, first

    def subset(self, position: int, length: int, name: str | None = None) -> "MappedFile":
        return MappedFile(self.mapped, self.first + position, length, name)

    def get(self, position: int, length: int) -> bytes:
        start = self.first + position
        return self.mapped.read(start, start + length)

    def get_array(self, position: int, typecode: str, length: int) -> "array[Any]":
        found = array(typecode)
        found.frombytes(self.get(position, length * found.itemsize))
        if byteorder == "little":
            found.byteswap()
        return found


class Storage(FileStorage):  # type: ignore[misc]
    """A folder whose segments are mapped."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), supports_mmap=False)  # so that a segment asks its file for its parts

    def open_file(self, name: str, **kwargs: Any) -> Any:
        if not name.endswith(_SEGMENT):
            return super().open_file(name, **kwargs)
        mapped = Mapped(Path(self.folder, name))
        return MappedFile(mapped, 0, mapped.size, name)
