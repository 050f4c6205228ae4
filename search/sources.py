"""Where records come from: rooms above register how to read theirs; the index never looks into a room."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from search.record import Record

if TYPE_CHECKING:
    from search.names import Name

Reader = Callable[[Session, Collection[str] | None], Iterable[Record]]
"""Reads the published records of some keys, or of all (None), in every language; an unknown key yields none."""

NamesReader = Callable[[Session], "Iterable[Name]"]


class Sources:
    """The readers of all rooms, by a name each."""

    def __init__(self) -> None:
        self._readers: dict[str, Reader] = {}
        self._names: list[NamesReader] = []

    def register(self, name: str, reader: Reader) -> None:
        """Add a room's reader; registering the same again changes nothing, another under its name raises ValueError."""
        if self._readers.setdefault(name, reader) is not reader:
            raise ValueError(f"Two sources of records are called {name}")

    def records(self, session: Session, keys: Collection[str] | None = None) -> Iterator[Record]:
        """All published records, or those of some keys."""
        for reader in self._readers.values():
            yield from reader(session, keys)

    def register_names(self, reader: NamesReader) -> None:
        """Add a room's names of systems, causes and areas."""
        if reader not in self._names:
            self._names.append(reader)

    def names(self, session: Session) -> Iterator[Name]:
        """All names."""
        for reader in self._names:
            yield from reader(session)

    def __bool__(self) -> bool:
        return bool(self._readers)


SOURCES = Sources()
register = SOURCES.register
register_names = SOURCES.register_names
