"""The search measured: every engine, and SQLite FTS5 as a peer, on one made corpus with the same queries in one run.

Run: ``python -m bench.search [documents …]``: ``1000 10000 50000`` shows how each grows (50,000 take long).
Times are of processors, PostgreSQL's server included. A query gives the first 20, the exact total, three facets and
passages; FTS5, over the same tokens, gives the first 20 and the total alone and does not look at the texts.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.meter import Meter, memory_now
from bench.search_corpus import FACETS, QUERIES, corpus
from bench.statistics import p95
from portal import schema
from portal.core.db import Database, sqlite_module
from search.backend import Backend
from search.postgres_engine import PostgresEngine
from search.queries import find
from search.query import parse
from search.record import Record
from search.shelf import filed_under, write_card
from search.tantivy_engine import TantivyEngine, TantivyMissing
from search.whoosh_engine import WhooshEngine
from tests.postgres import server

Ask = Callable[[str], int]
LONGEST_SECONDS = 900  # after that no larger corpus is begun
HEAD = (
    f"{'engine':<26}{'documents':>10}{'build/s':>9}{'MB':>7}"
    f"{'first p50':>11}{'p95':>8}{'again p50':>11}{'p95':>8}{'one ms':>9}"
)


def measure(counts: tuple[int, ...] = (1000,)) -> None:
    """Print a line for each engine and size."""
    print(HEAD)
    for count in counts:
        records = list(corpus(count))
        for name, opened in (("whoosh", _whoosh), ("postgresql", _postgres), ("tantivy", _tantivy)):
            try:
                with opened() as (engine, meter):
                    _line(name, engine, meter, records)
            except TantivyMissing as problem:
                print(f"{name:<26}{problem}")
        _fts5(records)
    print(f"This process has {memory_now()} MB in memory, the corpus included.")


def _line(name: str, engine: Backend, meter: Meter, records: list[Record]) -> None:
    with meter.measure() as build:
        engine.put(records, afresh=True)
    with meter.measure() as one:
        engine.put([Record("page/new", "page", "新しい頁", "本文", "ja", None, "/new")])
    size = engine.stats().size / 1e6
    engine.find(parse("開く"))

    def ask(query: str) -> int:
        return find(engine, query, language="ja", facets=FACETS).found.total

    _print(name, len(records), build.spent, size, _asked(ask, meter), _asked(ask, meter), one.spent)


def _asked(ask: Ask, meter: Meter) -> list[float]:
    times = []
    for query in QUERIES:
        with meter.measure() as took:
            ask(query)
        times.append(took.spent)
    return times


def _print(
    name: str, count: int, build: float, size: float, first: list[float], again: list[float], one: float
) -> None:
    figures = "".join(f"{sorted(times)[len(times) // 2]:>11.2f}{p95(sorted(times)):>8.2f}" for times in (first, again))
    print(f"{name:<26}{count:>10,}{count / (build / 1000):>9.0f}{size:>7.1f}{figures}{one:>9.1f}", flush=True)


@contextmanager
def _whoosh() -> Iterator[tuple[Backend, Meter]]:
    with tempfile.TemporaryDirectory() as folder:
        yield WhooshEngine(Path(folder) / "index"), Meter()


@contextmanager
def _tantivy() -> Iterator[tuple[Backend, Meter]]:
    with tempfile.TemporaryDirectory() as folder:
        yield TantivyEngine(Path(folder) / "index"), Meter()


@contextmanager
def _postgres() -> Iterator[tuple[Backend, Meter]]:
    with server() as running:
        running.sql("CREATE DATABASE bench")
        database = Database(running.url("bench"))
        schema.upgrade(database)
        yield PostgresEngine(database), Meter(running.pid)
        database.close()


def _fts5(records: list[Record]) -> None:
    """FTS5 over our tokens, ranked by BM25."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fts.db"
        connection = sqlite_module().connect(str(path))
        with Meter().measure() as took:
            connection.execute("CREATE VIRTUAL TABLE held USING fts5(tokens, content='', tokenize='unicode61')")
            rows = ((" ".join(map(_plain, filed_under(write_card(record))["text"])),) for record in records)
            connection.executemany("INSERT INTO held (tokens) VALUES (?)", rows)
            connection.commit()

        def ask(query: str) -> int:
            match = _match(query)
            if not match:
                return 0
            connection.execute("SELECT rowid FROM held WHERE held MATCH ? ORDER BY rank LIMIT 20", (match,)).fetchall()
            total: int = connection.execute("SELECT count(*) FROM held WHERE held MATCH ?", (match,)).fetchone()[0]
            return total

        size = path.stat().st_size / 1e6
        _print("fts5 (no texts, facets)", len(records), took.spent, size, _asked(ask, Meter()), _asked(ask, Meter()), 0)
        connection.close()


def _plain(token: str) -> str:
    """A token as one word of letters and digits for FTS5's own tokeniser."""
    return "x" + token.encode("utf-8").hex()


def _match(query: str) -> str:
    groups = []
    for group in parse(query).groups:
        options = [
            " AND ".join(_plain(token) for token in option if not token.endswith("*"))
            for word in group
            if (term := word.term())
            for option in (*term.sure, *term.maybe)
        ]
        if any(options):
            groups.append("(" + " OR ".join(f"({option})" for option in options if option) + ")")
    return " AND ".join(groups)


if __name__ == "__main__":
    began = time.monotonic()
    for size in [int(word) for word in sys.argv[1:]] or [1000]:
        measure((size,))
        if time.monotonic() - began > LONGEST_SECONDS:
            break
