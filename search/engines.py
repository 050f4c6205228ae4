"""Which engine an installation uses, one object a process."""

from functools import lru_cache
from pathlib import Path

from sqlalchemy.engine import make_url

from portal.core.db import Database
from portal.core.settings import SearchEngine, Settings
from search.backend import Backend


def engine(settings: Settings) -> Backend:
    """The engine of this installation; raises TantivyMissing where tantivy is asked for and not installed."""
    match chosen(settings):
        case SearchEngine.POSTGRESQL:
            return _shared(settings.database_url)
        case SearchEngine.TANTIVY:
            return _tantivy(settings.index_folder)
    return _embedded(settings.index_folder)


def chosen(settings: Settings) -> SearchEngine:
    """The engine's name; by itself it is PostgreSQL where the database is, so that many machines share one index."""
    if settings.search_engine is not SearchEngine.AUTO:
        return settings.search_engine
    shared = make_url(settings.database_url).get_backend_name() == "postgresql"
    return SearchEngine.POSTGRESQL if shared else SearchEngine.WHOOSH


@lru_cache(maxsize=8)
def _embedded(folder: Path) -> Backend:
    from search.whoosh_engine import WhooshEngine  # only the engine in use is loaded

    return WhooshEngine(folder)


@lru_cache(maxsize=8)
def _tantivy(folder: Path) -> Backend:
    from search.tantivy_engine import TantivyEngine

    return TantivyEngine(folder)


@lru_cache(maxsize=8)
def _shared(url: str) -> Backend:
    from search.postgres_engine import PostgresEngine

    return PostgresEngine(Database(url))
