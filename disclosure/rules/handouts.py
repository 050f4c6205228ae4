"""How records are handed out: for how long, how often, and what a one-time code must satisfy."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from disclosure.rules.tables import read
from portal.core.law_tables import TableError, in_force

CODE_DIGITS = 6


_BETWEEN = re.compile(r"[\s\-‐‑‒–—―−ー_.]")


@dataclass(frozen=True)
class Terms:
    """The office's own numbers, from a day on."""

    effective_from: date
    valid_days: int
    downloads: int
    code_minutes: int
    code_tries: int
    presumed_days: int
    source: str


TERMS = read("handouts.toml", "terms", Terms)

for _row in TERMS:
    if min(_row.valid_days, _row.downloads, _row.code_minutes, _row.code_tries, _row.presumed_days) < 1:
        raise TableError("handouts.toml: every number is at least 1.")


def terms(day: date) -> Terms:
    """The terms in force on ``day``; KeyError before the first."""
    found = in_force(TERMS, day)
    if found is None:
        raise KeyError(f"No terms of hand-outs on {day}")
    return found


def expires_on(made_on: date) -> date:
    """The last day of a download offered on ``made_on``."""
    return made_on + timedelta(days=terms(made_on).valid_days)


def presumed_on(posted_on: date) -> date:
    """The day on which a posted copy is presumed to have arrived."""
    return posted_on + timedelta(days=terms(posted_on).presumed_days)


def plain_code(text: str) -> str:
    """A one-time code as typed, in plain digits: any width, with spaces or hyphens."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text[:60]))
