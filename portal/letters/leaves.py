"""What a leaf of the public tree says: facts without a person, in one and only one spelling.

A leaf is JSON in ASCII with sorted keys and no spaces. ``sha256`` is that of the issued file; it cannot be guessed
from what a letter says, because each letter carries a random address. The page /transparency explains it to readers;
a new version gets a new ``v``, old leaves stay.
"""

from __future__ import annotations

import json
from datetime import date

VERSION = 1


def letter(*, kind: str, number: str, issued_on: date, sha256: str) -> str:
    """The leaf of a letter that is issued."""
    return _written(type="letter", kind=kind, number=number, on=issued_on.isoformat(), sha256=sha256)


def replaced(*, sha256: str, by: str, since: date) -> str:
    """The leaf that says that a file stands in the place of another; both by their hash."""
    return _written(type="replaced", by=by, on=since.isoformat(), sha256=sha256)


def withdrawn(*, sha256: str, since: date) -> str:
    """The leaf that says that a letter is no longer in force."""
    return _written(type="withdrawn", on=since.isoformat(), sha256=sha256)


def _written(**values: str) -> str:
    return json.dumps({"v": VERSION, **values}, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


EXAMPLE = letter(kind="f4", number="見情機第11号", issued_on=date(2026, 4, 28), sha256="0123456789abcdef" * 4)
