"""Fixtures of all tests: settings in a temporary home, a fresh database, the application and its client."""

from __future__ import annotations

import importlib
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.core import triggers
from portal.core.db import WRITES, Base, Database
from portal.core.settings import Settings
from tests import postgres as postgres_server

MODELS = (
    "portal.core.audit", "portal.core.jobs", "portal.web.sessions", "portal.web.throttle",
    "portal.accounts.models", "search.models", "content.models", "disclosure.models",
)  # fmt: skip


def make_settings(home: Path, **more: str) -> Settings:
    """Settings of an installation under ``home``; keyword arguments are KAIJI_ variables in lower case."""
    env = {f"KAIJI_{name.upper()}": value for name, value in more.items()}
    return Settings.from_env({"KAIJI_HOME": str(home), **env})


def make_schema(database: Database) -> None:
    """Create all tables and triggers as the migrations do."""
    for name in MODELS:
        try:
            importlib.import_module(name)
        except ImportError:
            continue
    with database.engine.connect().execution_options(**{WRITES: True}) as connection:
        Base.metadata.create_all(connection)
        for guard in triggers.APPEND_ONLY:
            for statement in triggers.statements(database.dialect, guard):
                connection.execute(text(statement))
        connection.commit()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file that tests copy."""
    path = tmp_path_factory.mktemp("schema") / "empty.db"
    database = Database(f"sqlite:///{path}")
    make_schema(database)
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
        make_schema(database)
        database.close()
        yield running


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The same test on both databases, each fresh."""
    if request.param == "sqlite":
        yield request.getfixturevalue("database")
        return
    running: postgres_server.Server = request.getfixturevalue("postgres")
    name = f"t{uuid.uuid4().hex}"
    running.sql(f"CREATE DATABASE {name} TEMPLATE template")
    database = Database(running.url(name))
    yield database
    database.close()
    running.sql(f"DROP DATABASE {name} WITH (FORCE)")
