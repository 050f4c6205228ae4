"""Statutes, and where in them a rule stands on a given day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from disclosure.rules.tables import read
from portal.core.law_tables import TableError, in_force


@dataclass(frozen=True)
class Statute:
    """A statute: Japanese and English name, number (法令番号) and its id in the e-Gov law texts."""

    key: str
    name_ja: str
    name_en: str
    number_ja: str
    law_id: str


@dataclass(frozen=True)
class Citation:
    """A place in a statute, e.g. 第83条第1項, from a day on."""

    key: str
    statute: str
    ja: str
    effective_from: date
    source: str

    @property
    def text(self) -> str:
        """Statute and article in Japanese, as letters and explanations print it."""
        return STATUTES[self.statute].name_ja + self.ja


STATUTES = {row.key: row for row in read("statutes.toml", "statute", Statute)}
CITATIONS = read("statutes.toml", "citation", Citation)

if missing := [row.key for row in CITATIONS if row.statute not in STATUTES]:
    raise TableError(f"statutes.toml: the citation {missing[0]} names an unknown statute.")


def cite(key: str, day: date) -> Citation:
    """The citation as it stands on ``day``; KeyError for an unknown key or a day before it."""
    found = in_force((row for row in CITATIONS if row.key == key), day)
    if found is None:
        raise KeyError(f"No citation {key} on {day}")
    return found
