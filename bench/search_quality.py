"""How good the search's answers are: queries over the archive that were judged by hand (`tests/search/judged.py`).

Run: ``python -m bench.search_quality [--all]``; with ``--all`` each query whose first hit is no right one is printed.
Every engine gives the same answers, so one is asked. A line for each kind of query: nDCG@10, mean reciprocal rank,
recall, precision at 5, share of queries whose first hit is right.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import content.records  # noqa: F401 - registers what is searched
from content.cli import load
from portal import schema
from portal.core.db import Database
from search.memory_engine import MemoryEngine
from search.names import of
from search.queries import find
from search.sources import SOURCES
from search.synonyms import shipped
from search.vocabulary import Vocabulary
from tests.search.judged import Judged, Quality, judged, measured

HITS = 300


def main(*, every: bool = False) -> None:
    """Print the table."""
    engine, same = MemoryEngine(), shipped()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'kaiji.db'}")
        schema.upgrade(database)
        load(database)
        with database.session(write=False) as session:
            records, names = list(SOURCES.records(session)), of(SOURCES.names(session))
        database.close()
    engine.put(records)
    known = Vocabulary(engine.words(), names, (word for group in same.values() for word in group))

    def ask(one: Judged) -> list[str]:
        language = "en" if one.kind == "english" else "ja"
        answer = find(engine, one.query, names=names, synonyms=same, words=lambda: known, language=language, limit=HITS)
        return [hit.key for hit in answer.found.hits]

    queries = list(judged(records))
    print(f"\n{'queries':<16}{'count':>6}{'nDCG@10':>9}{'MRR':>7}{'recall':>8}{'P@5':>7}{'first':>7}")
    for kind in dict.fromkeys(one.kind for one in queries):
        _line(kind, measured([one for one in queries if one.kind == kind], ask))
    _line("all", measured(queries, ask))
    for one in queries if every else ():
        if not set(ask(one)[:1]) & one.right:
            print(f"{one.kind}: {one.query} → {ask(one)[:3]}")


def _line(name: str, found: Quality) -> None:
    figures = f"{found.ndcg:>9.3f}{found.reciprocal_rank:>7.3f}{found.recall:>8.3f}{found.precision:>7.3f}"
    print(f"{name:<16}{found.queries:>6}{figures}{found.first:>7.3f}")


if __name__ == "__main__":
    main(every="--all" in sys.argv[1:])
