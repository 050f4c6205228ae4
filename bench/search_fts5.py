"""SQLite FTS5 as a peer: over our own tokens, and with its trigrams over folded text. Both rank by BM25.

Neither looks at the texts, counts facets or cuts passages, so its times are of less work; trigrams find no word of one
or two characters, and tokens alone take a phrase for its parts.
"""

from __future__ import annotations

from collections.abc import Callable

from portal.core.db import sqlite_module
from search.cards import entry_of
from search.query import parse
from search.record import Record
from search.text import folded

PAIRS, TRIGRAMS = "fts5-pairs", "fts5-trigrams"
_TABLES = {
    PAIRS: "CREATE VIRTUAL TABLE held USING fts5(said, content='', tokenize='unicode61')",
    TRIGRAMS: "CREATE VIRTUAL TABLE held USING fts5(said, content='', tokenize='trigram')",
}


def build(place: str, kind: str, records: list[Record]) -> None:
    """Fill a new file."""
    connection = sqlite_module().connect(place)
    connection.execute(_TABLES[kind])
    connection.executemany("INSERT INTO held (said) VALUES (?)", ((_said(kind, record),) for record in records))
    connection.commit()
    connection.execute("INSERT INTO held (held) VALUES ('optimize')")
    connection.commit()
    connection.close()


def asked(place: str, kind: str) -> Callable[[str], int]:
    """A function that finds the first 20 documents and the number of all."""
    connection = sqlite_module().connect(place)

    def ask(query: str) -> int:
        match = _match(kind, query)
        if not match:
            return 0
        connection.execute("SELECT rowid FROM held WHERE held MATCH ? ORDER BY rank LIMIT 20", (match,)).fetchall()
        total: int = connection.execute("SELECT count(*) FROM held WHERE held MATCH ?", (match,)).fetchone()[0]
        return total

    return ask


def _said(kind: str, record: Record) -> str:
    if kind == TRIGRAMS:
        return folded(record.title) + "\n" + folded(record.body)
    held = entry_of(record).tokens()
    return " ".join(_plain(token) for token in held["text"] | held["facet"])


def _plain(token: str) -> str:
    """A token as one word of letters and digits for FTS5's own tokeniser."""
    return "x" + token.encode("utf-8").hex()


def _match(kind: str, query: str) -> str:
    """What FTS5 is asked; narrowing by period is beyond it."""
    read = parse(query)
    groups = [
        " OR ".join(found) if (found := [one for word in group if (one := _word(kind, word.text))]) else ""
        for group in read.groups
    ]
    if kind == PAIRS:
        groups += [" OR ".join(_plain(f"{name}={value}") for value in values) for name, values in read.fields]
    without = [one for word in read.without if (one := _word(kind, word.text))]
    wanted = " AND ".join(f"({group})" for group in groups if group)
    return wanted + "".join(f" NOT ({one})" for one in without) if wanted else ""


def _word(kind: str, typed: str) -> str:
    if kind == TRIGRAMS:
        return '"' + folded(typed).strip().replace('"', '""') + '"'
    word = next((word for group in parse(f'"{typed}"').groups for word in group), None)
    term = word.term() if word else None
    options = [] if term is None else [*term.sure, *term.maybe]
    whole = (" AND ".join(_plain(token) for token in option if not token.endswith("*")) for option in options)
    return " OR ".join(f"({option})" for option in whole if option)
