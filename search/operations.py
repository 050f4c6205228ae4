"""The index follows the database: mark in the transaction, write after it, rebuild beside, compare."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.core import clock, jobs
from portal.core.db import Database
from portal.core.settings import Settings
from search.backend import Backend
from search.engines import engine
from search.models import DirtyRecord
from search.query import Query
from search.record import Record, thing_of
from search.sources import Sources

SYNC = "search.sync"
EVERYTHING = "*"
FIT_FOR_WHOOSH = 20_000
_AT_ONCE = 500


class NoSources(RuntimeError):
    """No room has said how its records are read; rebuilding now would empty the index."""


@dataclass(frozen=True)
class Difference:
    """What an index and the database do not agree on: record ids."""

    missing: tuple[str, ...]
    outdated: tuple[str, ...]
    surplus: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.outdated or self.surplus)

    def keys(self) -> set[str]:
        """The things concerned."""
        return {thing_of(name.rpartition("@")[0]) for name in (*self.missing, *self.outdated, *self.surplus)}


def mark_dirty(session: Session, key: str, *, at: datetime | None = None) -> None:
    """Say in the present transaction that the records of a key changed; the worker writes the index after commit."""
    at = at or clock.now()
    if session.scalar(select(DirtyRecord.id).limit(1)) is None:  # else a job for the earlier marks is on its way
        jobs.enqueue(session, SYNC, due_at=at)
    session.add(DirtyRecord(key=key, marked_at=at))


def mark_all_dirty(session: Session, *, at: datetime | None = None) -> None:
    """Have the whole index built anew, for example after a large import."""
    mark_dirty(session, EVERYTHING, at=at)


def sync(database: Database, sources: Sources, backend: Backend) -> int:
    """Write what is marked into the index; returns how many keys. A missing or broken index is built anew.

    Records are read while the engine's lock is held, so of two workers the later one never writes the older state.
    """
    if not backend.find(Query()).ready:
        return rebuild(database, sources, backend)
    done = 0
    while marks := _marks(database):
        keys = {key for _, key in marks}
        if EVERYTHING in keys:
            return done + rebuild(database, sources, backend)
        backend.put(_read(database, sources, keys), instead_of=keys)
        _forget(database, [number for number, _ in marks])
        done += len(keys)
    return done


def rebuild(database: Database, sources: Sources, backend: Backend) -> int:
    """Build a new index beside the old one and switch; returns how many records. Raises NoSources."""
    if not sources:
        raise NoSources("No room has registered its records.")
    marks = _marks(database, limit=None)
    backend.put(_read(database, sources, None), afresh=True)
    _forget(database, [number for number, _ in marks])
    return backend.stats().records


def check(database: Database, sources: Sources, backend: Backend) -> Difference:
    """Compare the index with the database, record by record."""
    held = backend.stats().fingerprints
    wanted = {record.id: record.fingerprint() for record in _read(database, sources, None)}
    return Difference(
        missing=tuple(sorted(wanted.keys() - held.keys())),
        outdated=tuple(sorted(name for name in wanted.keys() & held.keys() if wanted[name] != held[name])),
        surplus=tuple(sorted(held.keys() - wanted.keys())),
    )


def heal(database: Database, sources: Sources, backend: Backend) -> Difference:
    """Compare, and write anew what differs; returns what had differed."""
    sync(database, sources, backend)
    found = check(database, sources, backend)
    if found:
        keys = found.keys()
        backend.put(_read(database, sources, keys), instead_of=keys)
    return found


def health(settings: Settings) -> str:
    """What is wrong with the index in a few words, or ""."""
    state = engine(settings).stats()
    if not state.ready:
        return "is missing or cannot be read"
    return "" if state.records else "is empty"


def outgrown(settings: Settings) -> str:
    """How many records there are, in words, when they are more than the engine is fit for; else ""."""
    state = engine(settings).stats()
    return f"{state.records:,} records" if state.engine == "whoosh" and state.records > FIT_FOR_WHOOSH else ""


def _marks(database: Database, limit: int | None = _AT_ONCE) -> list[tuple[int, str]]:
    with database.session(write=False) as session:
        rows = session.execute(select(DirtyRecord.id, DirtyRecord.key).order_by(DirtyRecord.id).limit(limit))
        return [(row.id, row.key) for row in rows]


def _forget(database: Database, numbers: list[int]) -> None:
    with database.session(write=True) as session:
        for start in range(0, len(numbers), _AT_ONCE):
            session.execute(delete(DirtyRecord).where(DirtyRecord.id.in_(numbers[start : start + _AT_ONCE])))


def _read(database: Database, sources: Sources, keys: Collection[str] | None) -> Iterator[Record]:
    with database.session(write=False) as session:
        yield from sources.records(session, keys)
