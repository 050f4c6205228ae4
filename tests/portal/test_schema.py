"""The migrations make what the models say, both ways, on both databases."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from portal import schema
from portal.core import triggers
from portal.core.db import Database
from portal.tables import METADATA


def test_the_migrated_database_is_what_the_models_say(any_database: Database) -> None:
    with any_database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_every_check_constraint_of_the_models_is_there(any_database: Database) -> None:
    found = inspect(any_database.engine)
    for table in METADATA.sorted_tables:
        there = {check["name"] for check in found.get_check_constraints(table.name)}
        wanted = {str(check.name) for check in table.constraints if type(check).__name__ == "CheckConstraint"}
        assert wanted <= there, table.name


def test_every_append_only_table_is_guarded(any_database: Database) -> None:
    with any_database.session(write=False) as session:
        assert triggers.missing(session) == []


def test_going_back_and_forth_ends_where_it_began(any_database: Database) -> None:
    schema.downgrade(any_database, "base")
    left = set(inspect(any_database.engine).get_table_names()) - {"alembic_version"}
    assert left == set()
    schema.upgrade(any_database)
    assert schema.current(any_database) == schema.head()
    with any_database.session(write=False) as session:
        assert triggers.missing(session) == []


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    schema.upgrade(database)
    assert schema.current(database) == schema.head()
