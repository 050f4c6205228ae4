"""What makes the pages, as one short mark: the code with its texts, and what an installation shows of itself.

Where two processes have the same mark, they make the same page of the same record on the same day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from portal.core.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
# The list of the libraries is there where the project is run from its own folder.
PLACES = ("portal", "disclosure", "content", "search", "translations", "requirements/run.txt")


def mark(settings: Settings) -> str:
    """Sixteen characters that change with the code, its texts and libraries, and what ``settings`` shows to readers."""
    shown = (
        settings.organisation,
        settings.public_url,
        settings.sample,
        str(settings.surface),
        settings.tag_authority,
        _contents([settings.law_folder] if settings.law_folder else []),
    )
    return hashlib.sha256(repr((_code(), shown)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@lru_cache(maxsize=1)
def _code() -> str:
    """Read once: a process goes on with the code that it was started with."""
    return _contents([ROOT / place for place in PLACES])


def _contents(places: list[Path]) -> str:
    whole = hashlib.sha256()
    for place in places:
        for path in _files(place):
            whole.update(f"{path.relative_to(place)}\0".encode("utf-8", "surrogateescape"))
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _files(place: Path) -> Iterator[Path]:
    found = [place] if place.is_file() else sorted(place.rglob("*"))
    return (path for path in found if path.is_file() and "__pycache__" not in path.parts)
