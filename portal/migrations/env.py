"""Alembic's entry: runs the revisions on the database that was handed over, with our own transactions."""

from typing import Any

from alembic import context
from sqlalchemy import text
from sqlalchemy.types import TypeDecorator

from portal.core.db import WRITES
from portal.tables import METADATA

LOCK = 5001
database = context.config.attributes["database"]


def plain_types(kind: str, item: Any, autogen: Any) -> Any:
    """Write a column's database type into a revision, not our class for it: revisions outlive classes."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


with database.engine.connect().execution_options(**{WRITES: True}) as connection:
    if database.dialect == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_lock({LOCK})"))
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        compare_type=True,
        render_item=plain_types,
        render_as_batch=False,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if database.dialect == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_unlock({LOCK})"))
        connection.commit()
