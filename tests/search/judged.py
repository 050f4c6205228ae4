"""Searches over the archive that were judged by hand, and what they say of the search's quality.

A thing that ought to come first is worth 3, another that says what was looked for 1. Measures are those of the
literature: nDCG@10 (gain 2^worth - 1), the reciprocal rank of the first right hit, recall of what is worth anything
among all hits, precision among the first 5 hits (or all, where these are fewer; 0 where there is none).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from search.record import Record
from search.text import folded

_FILE = Path(__file__).parent / "data" / "judged.tsv"
_RIGHT, _OF_USE = 3, 1
FIRST, PAGE = 10, 5


@dataclass(frozen=True)
class Judged:
    """`kind` is what makes the query hard; `worth` is by the key of a record."""

    kind: str
    query: str
    worth: dict[str, int]

    @property
    def right(self) -> set[str]:
        return {key for key, worth in self.worth.items() if worth == _RIGHT}


Ask = Callable[[Judged], Sequence[str]]
"""The keys of all hits of a query, best first."""


@dataclass(frozen=True)
class Quality:
    """Means over queries, each from 0 to 1; `first` is the share of queries whose first hit is a right one."""

    queries: int
    ndcg: float
    reciprocal_rank: float
    recall: float
    precision: float
    first: float


def judged(records: Collection[Record]) -> Iterator[Judged]:
    """The judged queries; raises ValueError for a key that names no record or several things."""
    texts: dict[str, str] = {}
    for record in records:
        texts[record.key] = texts.get(record.key, "") + "\n" + folded(f"{record.title}\n{record.body}")
    for line in _FILE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, query, best, about = line.split("\t")
            of_use = re.compile(about)
            worth = {key: _OF_USE for key, text in texts.items() if of_use.search(text)}
            worth |= {key: _RIGHT for name in best.split() for key in _named(name, texts)}
            yield Judged(kind, query, worth)


def _named(name: str, keys: Collection[str]) -> list[str]:
    found = [key for key in keys if key.endswith(f"#{name}")] or [key for key in keys if key.startswith(name)]
    if not found:
        raise ValueError(f"No record is called {name}")
    return found


def measured(queries: Collection[Judged], ask: Ask) -> Quality:
    """Ask each query and say how good the answers are."""
    rows = [_of_one(one, ask(one)) for one in queries]
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    return Quality(len(rows), *means)


def _of_one(one: Judged, hits: Sequence[str]) -> tuple[float, float, float, float, float]:
    gains = [one.worth.get(key, 0) for key in hits]
    ideal = _discounted(sorted(one.worth.values(), reverse=True)[:FIRST])
    rank = next((place for place, key in enumerate(hits, 1) if key in one.right), 0)
    shown = min(PAGE, len(hits)) or 1
    return (
        _discounted(gains[:FIRST]) / ideal,
        1 / rank if rank else 0.0,
        len(one.worth.keys() & set(hits)) / len(one.worth),
        sum(gain > 0 for gain in gains[:shown]) / shown,
        float(rank == 1),
    )


def _discounted(gains: Sequence[int]) -> float:
    return sum((2**gain - 1) / math.log2(place + 1) for place, gain in enumerate(gains, 1))
