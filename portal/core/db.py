"""The database: engine, sessions, column types. SQLite on one machine, PostgreSQL for many.

SQLite before 3.51.3 (3.50.7 in its branch) can lose committed writes in WAL mode when two connections
write and checkpoint at the same instant (sqlite.org/wal.html#walresetbug). So the library that the package
pysqlite3 bundles is used where it is there; an unfixed library runs with a rollback journal. Commits always
reach the disk (``synchronous=FULL``).
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

BUSY_SECONDS = 30
WRITES = "kaiji_writes"
# A clock that is set right by less than this does not turn the order of ids; after more, ids begin anew.
CLOCK_STEPS_BACK_MS = 10_000

try:
    import pysqlite3.dbapi2 as _bundled
except ImportError:  # no wheel for this platform: the standard library's, guarded by wal_is_safe()
    _bundled = None


class Base(DeclarativeBase):
    """All tables of all rooms; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware UTC in, aware UTC out; a naive value is a programming error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone cannot be stored.")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class _Series:
    """The ids of one process, each greater than the one before (RFC 9562 §6.2, method 2: chance that only grows).

    Rows that are made in the same millisecond stand in the order in which they were made.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> int:
        """48 bits of milliseconds since 1970 and 74 bits of chance, as one number."""
        now = time.time_ns() // 1_000_000
        chance = int.from_bytes(os.urandom(10), "big")
        with self._lock:
            if 0 <= (self._last >> 74) - now < CLOCK_STEPS_BACK_MS:
                self._last += 1 + (chance >> 18)  # 62 bits: nobody guesses the next id from the last one
            else:
                self._last = (now << 74) | (chance >> 6)
            return self._last


_series = _Series()


def _begin_anew() -> None:
    """A child goes on with chance of its own; a lock that another thread of the parent held does not stop it."""
    global _series  # noqa: PLW0603, RUF100 - one series a process
    _series = _Series()


os.register_at_fork(after_in_child=_begin_anew)


def new_id() -> str:
    """A UUID of version 7 as text: made by the application, so that a row's id exists before sealing its values."""
    number = _series.next()
    stamp, high, low = number >> 74, (number >> 62) & 0xFFF, number & ((1 << 62) - 1)
    text = f"{(stamp << 80) | (0x7 << 76) | (high << 64) | (0b10 << 62) | low:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def sqlite_module() -> ModuleType:
    """The SQLite driver in use: the bundled one where a wheel exists, else the standard library's."""
    return _bundled or sqlite3


def wal_is_safe(version: tuple[int, ...] | None = None) -> bool:
    """Whether this SQLite version has the fix of the WAL-reset bug."""
    found = version or tuple(int(part) for part in sqlite_module().sqlite_version.split("."))
    return found >= (3, 51, 3) or (3, 50, 7) <= found < (3, 51, 0)


def open_engine(url: str) -> Engine:
    """An engine for ``url`` with our transaction rules; connects lazily, so it may be made before a fork."""
    if make_url(url).get_backend_name() == "sqlite":
        return _open_sqlite(url)
    from psycopg import IsolationLevel  # read where there is such a server alone

    engine = create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        driver: Any = connection.connection.driver_connection
        # A page is of one moment, as it is in SQLite: not half before a publication and half after it. The driver says
        # so when it begins the transaction; a statement of its own would be one more way to the server.
        driver.isolation_level = None if writes else IsolationLevel.REPEATABLE_READ
        driver.read_only = None if writes else True

    return engine


def _open_sqlite(url: str) -> Engine:
    engine = create_engine(url, module=sqlite_module(), connect_args={"timeout": BUSY_SECONDS})
    journal = "WAL" if wal_is_safe() else "TRUNCATE"

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin transactions by itself
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.execute(f"PRAGMA journal_mode = {journal}")
        for pragma in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON", "recursive_triggers = ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = bool(connection.get_execution_options().get(WRITES))
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


class Database:
    """The door to the database for the edges: a request, a worker's job, a command."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = open_engine(url)
        self._writer = self.engine.execution_options(**{WRITES: True})

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.engine.dialect.name

    def open(self, *, write: bool) -> Session:
        """A session that the caller ends. A reading one cannot write: the database itself refuses."""
        return Session(self._writer if write else self.engine, expire_on_commit=False, autoflush=True)

    @contextmanager
    def session(self, *, write: bool) -> Iterator[Session]:
        """One transaction: committed when the block ends well, rolled back otherwise."""
        with self.open(write=write) as session:
            try:
                yield session
                if write:
                    session.commit()
            except BaseException:
                session.rollback()
                raise

    def forget_deleted(self) -> None:
        """Have SQLite take deleted values out of its write-ahead log too, where they stay after their deletion."""
        if self.dialect == "sqlite":
            with self._writer.connect() as connection:
                raw = connection.connection.cursor()
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                raw.close()

    def close(self) -> None:
        """Give all connections back to the system."""
        self.engine.dispose()
