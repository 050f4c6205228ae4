"""Fixtures of all tests: settings in a temporary home, a fresh database, the application and its client."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from portal import schema
from portal.core.db import Database
from portal.core.settings import Settings
from tests import postgres as postgres_server
from tests import quick

quick.keep_what_is_compiled()
quick.keep_statements()

# Files are handed to the workers in this order, so that no worker is left with a long one at the end.
LONGEST_FIRST = (
    "chaos/", "browser/test_accessibility.py", "portal/test_serve.py", "browser/test_request_journey.py",
    "browser/test_public_reading.py", "browser/test_publishing_journey.py", "browser/", "portal/test_cli.py",
    "portal/test_demo.py", "portal/test_gallery.py", "portal/letters/", "disclosure/", "portal/core/", "site/",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_rank)


def pytest_collection_finish() -> None:
    quick.look_through_less()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture of the test."""
    quick.set_earnest(item.path)


def _rank(item: pytest.Item) -> int:
    where = item.path.relative_to(Path(__file__).parent).as_posix()
    return next((n for n, start in enumerate(LONGEST_FIRST) if where.startswith(start)), len(LONGEST_FIRST))


def make_settings(home: Path, **more: str) -> Settings:
    """Settings of an installation under ``home``; keyword arguments are KAIJI_ variables in lower case."""
    env = {f"KAIJI_{name.upper()}": value for name, value in more.items()}
    return Settings.from_env({"KAIJI_HOME": str(home), **env})


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file that tests copy."""
    path = tmp_path_factory.mktemp("schema") / "empty.db"
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture
def home(tmp_path: Path, empty_sqlite: Path) -> Path:
    """A temporary installation folder with a fresh database."""
    folder = tmp_path / "var"
    folder.mkdir()
    shutil.copy(empty_sqlite, folder / "kaiji.db")
    return folder


@pytest.fixture
def settings(home: Path) -> Settings:
    return make_settings(home)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """A fresh SQLite database with the whole schema."""
    database = Database(settings.database_url)
    yield database
    database.close()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A writing session that is rolled back at the end unless the test commits."""
    with database.open(write=True) as session:
        yield session


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgres_server.Server]:
    """A throwaway PostgreSQL with a migrated, empty database ``template`` that tests copy."""
    with postgres_server.server() as running:
        running.sql("CREATE DATABASE template")
        database = Database(running.url("template"))
        schema.upgrade(database)
        database.close()
        yield running


BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture(params=BOTH)
def any_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The same test on both databases, each fresh."""
    if request.param == "sqlite":
        yield request.getfixturevalue("database")
        return
    with _postgresql(request.getfixturevalue("postgres")) as database:
        yield database


@pytest.fixture(scope="module", params=BOTH)
def shared_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path
) -> Iterator[Database]:
    """Both databases, each one for all tests of a file, which leave it as they find it."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("shared") / "kaiji.db"
        shutil.copy(empty_sqlite, path)
        database = Database(f"sqlite:///{path}")
        yield database
        database.close()
        return
    with _postgresql(request.getfixturevalue("postgres")) as database:
        yield database


@contextmanager
def _postgresql(running: postgres_server.Server) -> Iterator[Database]:
    name = f"t{uuid.uuid4().hex}"
    running.sql(f"CREATE DATABASE {name} TEMPLATE template")
    database = Database(running.url(name))
    yield database
    database.close()
    running.sql(f"DROP DATABASE {name} WITH (FORCE)")
