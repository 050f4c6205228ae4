"""Which engine an installation uses, one object a process."""

from functools import lru_cache
from pathlib import Path

from sqlalchemy.engine import make_url

from portal.core.db import Database
from portal.core.settings import Settings
from search.backend import Backend
from search.postgres_engine import PostgresEngine
from search.whoosh_engine import WhooshEngine


def engine(settings: Settings) -> Backend:
    """The engine of this installation: in PostgreSQL where the database is there, else embedded."""
    if make_url(settings.database_url).get_backend_name() == "postgresql":
        return _shared(settings.database_url)
    return _embedded(settings.index_folder)


@lru_cache(maxsize=8)
def _embedded(folder: Path) -> WhooshEngine:
    return WhooshEngine(folder)


@lru_cache(maxsize=8)
def _shared(url: str) -> PostgresEngine:
    return PostgresEngine(Database(url))
