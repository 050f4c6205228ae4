"""The database's shape: bring it to this code's head, say where it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from portal.core.db import Database

FOLDER = Path(__file__).parent / "migrations"


def config(database: Database) -> Config:
    """Alembic's configuration, bound to one database."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.attributes["database"] = database
    return made


@cache
def head() -> str:
    """The revision that this code needs; the revisions are read once a process."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    return ScriptDirectory.from_config(made).get_current_head() or ""


def current(database: Database) -> str:
    """The revision that the database has; empty when it has none."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def upgrade(database: Database, revision: str = "head") -> None:
    """Apply what is missing. Each revision is one transaction."""
    command.upgrade(config(database), revision)


def downgrade(database: Database, revision: str) -> None:
    """Go back to ``revision``; data of what is dropped are lost."""
    command.downgrade(config(database), revision)
