"""The search measured: every engine, and SQLite FTS5 as a peer, on one made corpus with the same queries in one run.

Run: ``python -m bench.search [documents …] [engine …]``: ``1000 10000 50000`` shows how each grows (50,000 take long),
``20000 whoosh tantivy`` asks these two. Each is built here and asked in a process of its own (`bench.search_asked`).
Times are of processors, PostgreSQL's server included: `first` of queries to a process that has just opened the index,
`new` of the same to one that has answered 300 others, `again` when they are asked once more. A query gives the first
20, the exact total, six facets and passages; FTS5 gives the first 20 and the total alone. `exact`: queries with the
total of a look at every text.
The last two columns are what a process has more than before it opened the index: its own, and of (shared) files.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import search_fts5, search_quality
from bench.meter import Meter
from bench.search_corpus import QUERIES, corpus
from bench.search_truth import Truth, counted
from bench.statistics import p95
from portal import schema
from portal.core.db import Database
from search.backend import Backend
from search.postgres_engine import PostgresEngine
from search.record import Record
from search.tantivy_engine import TantivyEngine, TantivyMissing
from search.whoosh_engine import WhooshEngine
from tests.postgres import server

LONGEST_SECONDS = 900  # after that no larger corpus is begun
OTHERS = 300  # queries that a process has answered which serves
WIDTHS = (11, 9, 11)
HEAD = (
    f"{'engine':<16}{'documents':>10}{'build/s':>9}{'MB':>7}{'first p50':>11}{'p95':>8}{'new p50':>9}{'p95':>8}"
    f"{'again p50':>11}{'p95':>8}"
    f"{'one ms':>8}{'exact':>9}{'own MB':>8}{'files':>7}"
)


@dataclass
class Built:
    """An index: where it is, what building took in processor-ms, a further document then; how large it is."""

    place: str
    build: float
    one: float
    megabytes: float
    pid: int = 0


Build = Callable[[list[Record]], Iterator[Built]]


@contextmanager
def _whoosh(records: list[Record]) -> Iterator[Built]:
    with tempfile.TemporaryDirectory() as folder:
        yield _built(WhooshEngine(Path(folder) / "index"), records, f"{folder}/index")


@contextmanager
def _tantivy(records: list[Record]) -> Iterator[Built]:
    with tempfile.TemporaryDirectory() as folder:
        yield _built(TantivyEngine(Path(folder) / "index"), records, f"{folder}/index")


@contextmanager
def _postgres(records: list[Record]) -> Iterator[Built]:
    with server() as running:
        running.sql("CREATE DATABASE bench")
        database = Database(running.url("bench"))
        schema.upgrade(database)
        yield _built(PostgresEngine(database), records, running.url("bench"), running.pid)
        database.close()


def _built(engine: Backend, records: list[Record], place: str, pid: int = 0) -> Built:
    meter = Meter(pid or None)
    with meter.measure() as build:
        engine.put(records, afresh=True)
    megabytes = engine.stats().size / 1e6
    with meter.measure() as one:
        engine.put([Record("page/new", "page", "新しい頁", "本文", "ja", None, "/new")])
    engine.remove(["page/new"])
    return Built(place, build.spent, one.spent, megabytes, pid)


@contextmanager
def _fts5(records: list[Record], kind: str) -> Iterator[Built]:
    with tempfile.TemporaryDirectory() as folder:
        place = f"{folder}/fts.db"
        with Meter().measure() as build:
            search_fts5.build(place, kind, records)
        yield Built(place, build.spent, 0.0, Path(place).stat().st_size / 1e6)


ENGINES = {
    "whoosh": _whoosh,
    "postgresql": _postgres,
    "tantivy": _tantivy,
    "fts5-pairs": lambda records: _fts5(records, "fts5-pairs"),
    "fts5-trigrams": lambda records: _fts5(records, "fts5-trigrams"),
}


def measure(counts: Sequence[int] = (1000,), names: Sequence[str] = tuple(ENGINES)) -> None:
    """Print a line for each engine and size."""
    print(HEAD)
    began = time.monotonic()
    for count in counts:
        if time.monotonic() - began > LONGEST_SECONDS:
            print(f"{count:,} documents left out: the run took {LONGEST_SECONDS} seconds already.")
            continue
        records = list(corpus(count))
        truth = [counted(records, query) for query in QUERIES]
        for name in names:
            try:
                with ENGINES[name](records) as built:
                    _line(name, count, built, truth)
            except TantivyMissing as problem:
                print(f"{name:<16}{problem}")


def _line(name: str, count: int, built: Built, truth: list[Truth]) -> None:
    asked, serving = _asked(name, built, others=0), _asked(name, built, others=OTHERS)
    times = [sorted(found) for found in (asked["first"], serving["first"], asked["again"])]
    spent = [
        f"{found[len(found) // 2]:>{width}.2f}{p95(found):>8.2f}" for found, width in zip(times, WIDTHS, strict=True)
    ]
    right = [one.documents if name.startswith("fts5") else one.things for one in truth]
    exact = sum(total == wanted for total, wanted in zip(asked["totals"], right, strict=True))
    print(
        f"{name:<16}{count:>10,}{count / (built.build / 1000):>9.0f}{built.megabytes:>7.1f}"
        f"{''.join(spent)}"
        f"{built.one:>8.1f}{exact:>5}/{len(truth):<3}{asked['memory']:>8}{asked['mapped']:>7}",
        flush=True,
    )


def _asked(name: str, built: Built, *, others: int) -> dict[str, Any]:
    """What a process of its own says that has answered so many other queries before."""
    command = [sys.executable, "-m", "bench.search_asked", name, built.place, str(built.pid), str(others)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


if __name__ == "__main__":
    words = sys.argv[1:]
    sizes = [int(word) for word in words if word.isdigit()]
    measure(sizes or [1000], [word for word in words if not word.isdigit()] or tuple(ENGINES))
    search_quality.main()
