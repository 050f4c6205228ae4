"""What a query should find, from a look at every folded text: what the totals of engines are compared with."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from search import days
from search.cards import SEPARATOR
from search.query import parse
from search.record import Record
from search.term import Term
from search.text import folded


class Truth(NamedTuple):
    """How many documents, and how many things whatever their languages."""

    documents: int
    things: int


def counted(records: list[Record], query: str) -> Truth:
    """Every group and no unwanted word must be there, by the pattern of each word, within the query's bounds."""
    read = parse(query)
    groups = [[term for word in group if (term := word.term())] for group in read.groups]
    unwanted = [term for word in read.without if (term := word.term())]
    held = [
        record
        for record in records
        if all(any(_has(record, term) for term in group) for group in groups)
        and not any(_has(record, term) for term in unwanted)
        and all(set(values) & set(record.all_facets().get(name, ())) for name, values in read.fields)
        and not (read.since and (record.day is None or record.day < read.since))
        and not (read.until and (record.day is None or record.day > read.until))
    ]
    return Truth(len(held), len({record.key for record in held}))


def _has(record: Record, term: Term) -> bool:
    if any(term.pattern.search(part) for part in _text(record).split(SEPARATOR)):
        return True
    names = {("d:" + name,) for name in days.of(record.day).names()} if record.day else set()
    return not names.isdisjoint(term.sure)


@lru_cache(maxsize=100_000)
def _folded(title: str, body: str) -> str:
    return folded(title) + SEPARATOR + folded(body)


def _text(record: Record) -> str:
    return _folded(record.title, record.body)
