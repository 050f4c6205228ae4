"""A folder of reports, as bodies send them."""

from __future__ import annotations

from pathlib import Path

from discrepancy.operations.take_in import MAX_BYTES, SentFile

ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".csv", ".zip"})


def files_of(folder: Path) -> list[SentFile]:
    """The files of a folder and of those in it that may be reports, in the order of their names. OSError."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix.lower() in ENDINGS:
            with path.open("rb") as source:
                found.append(SentFile(path.name, source.read(MAX_BYTES + 1)))
    return found
