"""The book of written pages: what was written of which revision, with its hash, and what is still to be written.

It lies in the folder that it tells of, as one small SQLite file, for each machine writes pages of its own. Pages are
put in their places before the book says so: after a crash something is written once more, nothing is forgotten.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.core.db import sqlite_module

NAME, LOCK = ".book", ".lock"
_TABLES = """
CREATE TABLE IF NOT EXISTS said (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS page (
    address TEXT PRIMARY KEY, thing TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
    revision INTEGER NOT NULL, written_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS page_thing ON page (thing);
CREATE TABLE IF NOT EXISTS todo (place INTEGER PRIMARY KEY, thing TEXT NOT NULL UNIQUE, rank INTEGER NOT NULL);
"""


@dataclass(frozen=True)
class Written:
    """One written page. ``revision``: of which its bytes were first written; ``written_at`` is ISO 8601."""

    address: str
    thing: str
    file: str
    sha256: str
    size: int
    revision: int
    written_at: str


class Book:
    """An open book; get one by :func:`opened`."""

    def __init__(self, connection: Any) -> None:
        self._db = connection

    @contextmanager
    def change(self) -> Iterator[None]:
        """All of the changes in the block, or none."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("END")

    def said(self, name: str) -> str | None:
        """A remark: the revision, the day, the edition up to which everything is noted."""
        row = self._db.execute("SELECT value FROM said WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def say(self, remarks: Mapping[str, str | int]) -> None:
        """Write remarks down."""
        rows = [(name, str(value)) for name, value in remarks.items()]
        self._db.executemany("INSERT INTO said VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", rows)

    def forget(self, names: str) -> None:
        """Forget the remarks of a pattern with ``*``."""
        self._db.execute("DELETE FROM said WHERE name GLOB ?", (names,))

    def ask(self, things: Iterable[str], rank: int) -> None:
        """Have things written, by rank and then in this order. What waits already keeps the better rank."""
        rows = [(thing, rank) for thing in things]
        self._db.executemany(
            "INSERT INTO todo (thing, rank) VALUES (?, ?) "
            "ON CONFLICT (thing) DO UPDATE SET rank = min(rank, excluded.rank)",
            rows,
        )

    def next(self) -> str | None:
        """The thing to write next."""
        row = self._db.execute("SELECT thing FROM todo ORDER BY rank, place LIMIT 1").fetchone()
        return str(row[0]) if row else None

    def done(self, thing: str) -> None:
        """A thing is written."""
        self._db.execute("DELETE FROM todo WHERE thing = ?", (thing,))

    def waiting(self) -> int:
        """How many things are still to be written."""
        return int(self._db.execute("SELECT count(*) FROM todo").fetchone()[0])

    def put(self, page: Written) -> None:
        """A page is in its place."""
        row = tuple(vars(page).values())
        self._db.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def drop(self, address: str) -> None:
        """A page was taken away."""
        self._db.execute("DELETE FROM page WHERE address = ?", (address,))

    def of(self, thing: str) -> dict[str, Written]:
        """The written pages of a thing by address."""
        rows = self._db.execute("SELECT * FROM page WHERE thing = ?", (thing,))
        return {row[0]: Written(*row) for row in rows}

    def pages(self) -> list[Written]:
        """All written pages by address."""
        return [Written(*row) for row in self._db.execute("SELECT * FROM page ORDER BY address")]

    def things(self, pattern: str = "*") -> set[str]:
        """The things of which something is written, by a pattern with ``*`` and ``?``."""
        return {row[0] for row in self._db.execute("SELECT DISTINCT thing FROM page WHERE thing GLOB ?", (pattern,))}


@contextmanager
def opened(folder: Path) -> Iterator[Book]:
    """The book of a folder, for one process at a time: the others wait."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        connection = sqlite_module().connect(folder / NAME, isolation_level=None)
        try:
            connection.executescript(_TABLES)
            yield Book(connection)
        finally:
            connection.close()
