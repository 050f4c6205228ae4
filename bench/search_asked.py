"""A process that asks one engine all queries twice and prints as JSON what that took; started by `bench.search`.

``python -m bench.search_asked ENGINE PLACE PID OTHERS``: PID is that of PostgreSQL's server, 0 where there is none; so
many other queries are answered first. `memory` is what the process has more for itself in MB than before, `mapped` what
it has of files, which other processes share.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from bench.meter import Meter, held_by
from bench.search_corpus import QUERIES, words
from bench.search_fts5 import asked as fts5_asked
from portal.core.db import Database
from search.backend import Backend
from search.forms import FACETS
from search.postgres_engine import PostgresEngine
from search.queries import find
from search.query import parse
from search.tantivy_engine import TantivyEngine
from search.whoosh_engine import WhooshEngine

Ask = Callable[[str], int]
OPENED_BY = "に"  # the first query of a process opens the index and puts its days and facets in order: not measured


def main(name: str, place: str, pid: int, others: int) -> None:
    """Print times and totals in the order of the queries."""
    meter, before = Meter(pid or None), _memory()
    if name.startswith("fts5"):
        ask = total = fts5_asked(place, name)
    else:
        engine = _engine(name, place)

        def ask(query: str) -> int:
            return find(engine, query, language="ja", facets=FACETS).found.total

        def total(query: str) -> int:
            return engine.find(parse(query), limit=0).total

    different = [word for word in words()[100::4] if not any(word in query for query in QUERIES)]
    for query in (OPENED_BY, *different[:others]):
        ask(query)
    first, again = _times(ask, meter), _times(ask, meter)
    totals = [total(query) for query in QUERIES]
    print(json.dumps({"first": first, "again": again, "totals": totals, **_more(before)}))


def _engine(name: str, place: str) -> Backend:
    if name == "postgresql":
        return PostgresEngine(Database(place))
    return (TantivyEngine if name == "tantivy" else WhooshEngine)(Path(place))


def _times(ask: Ask, meter: Meter) -> list[float]:
    times = []
    for query in QUERIES:
        with meter.measure() as took:
            ask(query)
        times.append(took.spent)
    return times


def _more(before: dict[str, int]) -> dict[str, int]:
    return {name: now - before[name] for name, now in _memory().items()}


def _memory() -> dict[str, int]:
    return dict(zip(("memory", "mapped"), held_by(os.getpid(), "RssAnon", "RssFile"), strict=True))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
