"""The sets of frequent tokens in one file, for an engine that would have to list each of their documents.

They are of the documents with which an index began. What came later is few, and looked up by itself.
"""

import json
from array import array
from collections.abc import Iterable
from pathlib import Path

from search.bits import as_bits

_FEW = 64  # one document in so many: the token is frequent
_HEAD = 8  # bytes that say how long the list of tokens is


class SetFile:
    """The file as it was written, or as it was read `before`; where there is none, it knows no token."""

    def __init__(self, path: Path, before: "SetFile | None" = None) -> None:
        found = path.stat() if path.exists() else None
        self._stamp = (found.st_ino, found.st_mtime_ns) if found else None
        self._packed, self._places = b"", dict[str, tuple[int, int]]()
        if before and before._stamp == self._stamp:
            self._packed, self._places = before._packed, before._places
            return
        self._packed = path.read_bytes() if found else b""
        start = _HEAD + int.from_bytes(self._packed[:_HEAD], "little")
        listed = json.loads(self._packed[_HEAD:start] or b"{}")
        for name, length in listed.items():
            self._places[name] = (start, start + length)
            start += length

    def get(self, field: str, token: str) -> int | None:
        """The documents that have a token; None for one that is not in the file."""
        place = self._places.get(_name(field, token))
        return None if place is None else int.from_bytes(self._packed[place[0] : place[1]], "little")


class SetWriter:
    """Collects the tokens of all documents and writes the frequent ones."""

    def __init__(self) -> None:
        self._held: dict[str, array[int]] = {}
        self._count = 0

    def add(self, field: str, tokens: Iterable[str], number: int) -> None:
        """A document has these tokens; documents come in the order of their numbers."""
        self._count = number + 1
        for token in tokens:
            self._held.setdefault(_name(field, token), array("I")).append(number)

    def write(self, path: Path) -> None:
        sets = {
            name: as_bits(found, self._count).to_bytes(self._count // 8 + 1, "little")
            for name, found in self._held.items()
            if len(found) * _FEW > self._count
        }
        listed = json.dumps({name: len(packed) for name, packed in sets.items()}).encode("ascii")
        pending = path.with_suffix(".new")
        pending.write_bytes(len(listed).to_bytes(_HEAD, "little") + listed + b"".join(sets.values()))
        pending.replace(path)


def _name(field: str, token: str) -> str:
    return f"{field}:{token}"
