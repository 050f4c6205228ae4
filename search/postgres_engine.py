"""The engine of an installation with PostgreSQL: many web machines share one index, and the worker writes it once.

Which documents have a token lies in a table as sets of bits, by segments of documents; a reader fetches the few sets of
a query and the common code does the rest (`search.finding`). A commit of the database is a commit of the index: readers
see the state before until then, and a killed writer leaves it.
"""

import json
import os
import threading
from collections.abc import Iterable
from itertools import islice
from typing import Any, Unpack

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from portal.core.db import Database
from search import analyzer
from search.backend import Found, Stats, Wishes
from search.bits import numbers
from search.cards import SEPARATOR, Entry, entry_of
from search.finding import find_on
from search.postgres_shelf import NUL, Kept, PostgresShelf, token_name
from search.query import Query
from search.record import Record, once, thing_of
from search.segments import SEGMENT, pack, unpack

_LOCK = 0x4B415345  # of writers
_TABLES = ("search_posting", "search_card", "search_document")
_NONE = Stats("postgresql", False, 0, 0, "", {})
_MOST_SEGMENTS = 24
_SMALL = SEGMENT // 4


class PostgresEngine:
    """See `search.backend.Backend`. One object a process; threads may share it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._kept: Kept | None = None
        self._process = os.getpid()

    def put(self, records: Iterable[Record], *, instead_of: Iterable[str] = (), afresh: bool = False) -> None:
        with self._database.session(write=True) as session:
            connection = session.connection()
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            present = None if afresh else _state(connection)
            if present is None:
                _write_afresh(connection, records)
            else:
                _write_more(connection, present, records, instead_of)

    def remove(self, keys: Iterable[str]) -> None:
        self.put((), instead_of=keys)

    def find(self, query: Query, **wishes: Unpack[Wishes]) -> Found:
        try:
            with self._reading().connect() as connection:
                kept = self._open(connection)
                if kept is None:
                    return Found(ready=False)
                return find_on(PostgresShelf(connection, kept), query, **wishes)
        except SQLAlchemyError:  # a database that does not answer has no index; the pages say so themselves
            return Found(ready=False)

    def state(self) -> str:
        try:
            with self._reading().connect() as connection:
                found = _state(connection)
        except SQLAlchemyError:
            return ""
        return f"{analyzer.VERSION}.{found[0]}.{found[1]}" if found else ""

    def words(self) -> list[str]:
        try:
            with self._reading().connect() as connection:
                kept = self._open(connection)
                return PostgresShelf(connection, kept).words() if kept else []
        except SQLAlchemyError:
            return []

    def wipe(self) -> None:
        self.put((), afresh=True)

    def stats(self) -> Stats:
        try:
            with self._reading().connect() as connection:
                return _described(connection)
        except SQLAlchemyError:
            return _NONE

    def _reading(self) -> Any:
        if self._process != os.getpid():  # a forked child must not speak through its parent's connections
            self._process, self._kept = os.getpid(), None
            self._database.engine.dispose(close=False)
        return self._database.engine

    def _open(self, connection: Connection) -> Kept | None:
        """What is kept of the state that this transaction sees."""
        found = _state(connection)
        if found is None:
            return None
        kept = self._kept
        if kept is None or kept.name != found[:2]:
            with self._lock:
                kept = self._kept
                if kept is None or kept.name != found[:2]:
                    kept = Kept.read(connection, found[0], found[1], kept)
                    self._kept = kept
        return kept


_State = tuple[int, int, list[list[int]]]


def _described(connection: Connection) -> Stats:
    found = _state(connection)
    if found is None:
        return _NONE
    rows = connection.execute(
        text("SELECT key || '@' || language, fingerprint FROM search_document WHERE generation = :g"), {"g": found[0]}
    )
    fingerprints = {row[0]: row[1] for row in rows}
    sizes = (connection.scalar(text("SELECT pg_total_relation_size(:name)"), {"name": name}) for name in _TABLES)
    return Stats("postgresql", True, len(fingerprints), sum(sizes), f"{found[0]}.{found[1]}", fingerprints)


def _state(connection: Connection) -> _State | None:
    """Generation, commits and segments of what this version of the code reads."""
    row = connection.execute(
        text("SELECT generation, written, segments FROM search_index WHERE version = :version"),
        {"version": analyzer.VERSION},
    ).first()
    return (row.generation, row.written, row.segments) if row else None


def _write_afresh(connection: Connection, records: Iterable[Record]) -> None:
    generation = connection.scalar(text("SELECT coalesce(max(generation), 0) + 1 FROM search_index"))
    written = connection.scalar(text("SELECT coalesce(max(written), 0) + 1 FROM search_index"))
    segments: list[list[int]] = []
    entries = (entry_of(record) for record in once(records))
    while held := list(islice(entries, SEGMENT)):
        segments.append(_add_segment(connection, generation, segments, held))
    # Another version of the code may still be read by a machine that is not yet renewed: an older one's index goes.
    connection.execute(text("DELETE FROM search_index WHERE version <= :version"), {"version": analyzer.VERSION})
    connection.execute(
        text(
            "INSERT INTO search_index (version, generation, written, segments)"
            " VALUES (:version, :generation, :written, CAST(:segments AS json))"
        ),
        {
            "version": analyzer.VERSION,
            "generation": generation,
            "written": written,
            "segments": json.dumps(segments),
        },
    )
    for table in _TABLES:
        connection.execute(text(f"DELETE FROM {table} WHERE generation NOT IN (SELECT generation FROM search_index)"))  # noqa: S608
    for table in _TABLES:
        connection.execute(text(f"ANALYZE {table}"))


def _write_more(connection: Connection, present: _State, records: Iterable[Record], instead_of: Iterable[str]) -> None:
    generation, written, segments = present
    gone = list(dict.fromkeys(instead_of))
    entries = (entry_of(record) for record in once(records))
    while held := list(islice(entries, SEGMENT)):
        _drop(connection, generation, gone, [(entry.record.key, entry.record.language) for entry in held])
        gone = []
        segments = [*segments, _add_segment(connection, generation, segments, held)]
    _drop(connection, generation, gone, [])
    segments = _merged(connection, generation, segments)
    connection.execute(
        text("UPDATE search_index SET written = :written, segments = CAST(:segments AS json) WHERE version = :version"),
        {"written": written + 1, "segments": json.dumps(segments), "version": analyzer.VERSION},
    )


def _drop(connection: Connection, generation: int, keys: list[str], ids: list[tuple[str, str]]) -> None:
    """Take out all records of keys, and single records; what the sets of documents say of them is masked."""
    found = connection.scalars(
        text(
            "SELECT number FROM search_document WHERE generation = :g AND thing = ANY(:things) AND (thing = ANY(:keys)"
            " OR (key, language) IN (SELECT * FROM unnest(CAST(:k AS text[]), CAST(:l AS text[]))))"
        ),
        {
            "g": generation,
            "things": [*keys, *{thing_of(key) for key, _ in ids}],
            "keys": keys,
            "k": [key for key, _ in ids],
            "l": [language for _, language in ids],
        },
    ).all()
    for table in ("search_document", "search_card"):
        connection.execute(
            text(f"DELETE FROM {table} WHERE generation = :g AND number = ANY(:numbers)"),  # noqa: S608
            {"g": generation, "numbers": list(found)},
        )


def _add_segment(connection: Connection, generation: int, segments: list[list[int]], entries: list[Entry]) -> list[int]:
    first = segments[-1][0] + segments[-1][1] if segments else 0
    filed: dict[str, list[int]] = {}
    documents, packed = [], []
    for offset, entry in enumerate(entries):
        place, number = entry.place(), first + offset
        folded = entry.folded().replace(SEPARATOR, NUL)
        thing = entry.record.thing
        documents.append(
            (generation, number, place.key, thing, place.language, place.day, place.weight, entry.fingerprint, folded)
        )
        packed.append((generation, number, entry.card()))
        for field, tokens in entry.tokens(names=False).items():
            for token in tokens:
                filed.setdefault(token_name(field, token), []).append(offset)
    _copy(connection, "search_document", documents)
    _copy(connection, "search_card", packed)
    _copy(connection, "search_posting", ((generation, token, first, pack(held)) for token, held in filed.items()))
    return [first, len(entries)]


def _copy(connection: Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    raw: Any = connection.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _merged(connection: Connection, generation: int, segments: list[list[int]]) -> list[list[int]]:
    """Put the small segments at the end into one when there are many."""
    if len([count for _, count in segments if count < _SMALL]) <= _MOST_SEGMENTS:
        return segments
    tail: list[list[int]] = []
    while segments and segments[-1][1] < _SMALL and sum(count for _, count in tail) + segments[-1][1] <= SEGMENT:
        tail.insert(0, segments[-1])
        segments = segments[:-1]
    first, chosen = tail[0][0], [segment for segment, _ in tail]
    where = {"g": generation, "s": chosen}
    rows = connection.execute(
        text("SELECT token, segment, documents FROM search_posting WHERE generation = :g AND segment = ANY(:s)"), where
    )
    filed: dict[str, int] = {}
    for token, segment, documents in rows:
        filed[token] = filed.get(token, 0) | unpack(bytes(documents)) << (segment - first)
    connection.execute(text("DELETE FROM search_posting WHERE generation = :g AND segment = ANY(:s)"), where)
    _copy(
        connection, "search_posting", ((generation, token, first, pack(numbers(held))) for token, held in filed.items())
    )
    return [*segments, [first, sum(count for _, count in tail)]]
