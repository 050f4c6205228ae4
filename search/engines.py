"""Which engine an installation uses, one object a process."""

from functools import lru_cache
from pathlib import Path

from portal.core.settings import Settings
from search.backend import Backend
from search.whoosh_engine import WhooshEngine


def engine(settings: Settings) -> Backend:
    """The engine of this installation."""
    return _embedded(settings.index_folder)


@lru_cache(maxsize=8)
def _embedded(folder: Path) -> WhooshEngine:
    return WhooshEngine(folder)
