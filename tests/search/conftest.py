"""Every engine under the same tests."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import text

from portal.core.db import Database
from search.backend import Backend
from search.memory_engine import MemoryEngine
from search.postgres_engine import PostgresEngine
from search.tantivy_engine import TantivyEngine
from search.whoosh_engine import WhooshEngine
from tests.postgres import Server
from tests.search.samples import RECORDS

_WITHOUT = "tantivy is not installed: pip install 'kaiji[tantivy]'"
ENGINES = (
    "memory",
    "whoosh",
    pytest.param("tantivy", marks=pytest.mark.skipif(not find_spec("tantivy"), reason=_WITHOUT)),
    pytest.param("postgresql", marks=pytest.mark.postgres),
)
_TABLES = ("search_index", "search_document", "search_card", "search_posting")


@pytest.fixture(scope="session")
def shared_index(postgres: Server) -> Iterator[Database]:
    """A PostgreSQL database for the indexes of all tests of this room, one after another."""
    postgres.sql("CREATE DATABASE search_engines TEMPLATE template")
    database = Database(postgres.url("search_engines"))
    yield database
    database.close()


def make(name: str, request: pytest.FixtureRequest) -> Backend:
    """An engine that holds nothing."""
    if name == "memory":
        return MemoryEngine()
    if name in ("whoosh", "tantivy"):
        folder: Path = request.getfixturevalue("tmp_path")
        return (WhooshEngine if name == "whoosh" else TantivyEngine)(folder / "index")
    database: Database = request.getfixturevalue("shared_index")
    with database.session(write=True) as session:
        for table in _TABLES:
            session.execute(text(f"DELETE FROM {table}"))
    return PostgresEngine(database)


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest) -> Backend:
    """An engine that holds nothing."""
    return make(request.param, request)


@pytest.fixture
def engine(empty: Backend) -> Backend:
    """An engine that holds the sample corpus."""
    empty.put(RECORDS)
    return empty
