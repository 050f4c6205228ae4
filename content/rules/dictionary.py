"""The data dictionary: every column of the files of the record, from ``content/data/dictionary.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

HEAD = ("file", "table", "column", "type", "meaning_ja", "meaning_en")
SQLITE, FACTS = "record.sqlite", "facts.csv"
FACT, LETTER, QUESTION, ANSWER = "fact", "letter", "question", "answer"
LETTERS_FILE, QUESTIONS_FILE = "letters.csv", "letter-items.csv"
# Tables that are files of their own as well.
AS_FILES = {FACTS: FACT, LETTERS_FILE: LETTER, QUESTIONS_FILE: QUESTION}


@dataclass(frozen=True)
class Column:
    """``type`` is SQLite's: TEXT, INTEGER or REAL."""

    name: str
    type: str
    ja: str
    en: str


@dataclass(frozen=True)
class Table:
    """A table of the SQLite file."""

    name: str
    ja: str
    en: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Its columns' names in their order."""
        return tuple(column.name for column in self.columns)


@cache
def tables() -> dict[str, Table]:
    """Every table by its name."""
    text = (files("content") / "data" / "dictionary.toml").read_text(encoding="utf-8")
    return {
        one["name"]: Table(one["name"], one["ja"], one["en"], tuple(Column(**column) for column in one["columns"]))
        for one in tomllib.loads(text)["table"]
    }


def lines() -> Iterator[tuple[str, ...]]:
    """The dictionary as the rows of a table, without the head."""
    for file, name in AS_FILES.items():
        for column in tables()[name].columns:
            yield file, "", column.name, column.type, column.ja, column.en
    for table in tables().values():
        for column in table.columns:
            yield SQLITE, table.name, column.name, column.type, column.ja, column.en
