"""Alembic's entry: runs the revisions on the database that was handed over, with our own transactions."""

from alembic import context
from sqlalchemy import text

from portal.core.db import WRITES
from portal.tables import METADATA

database = context.config.attributes["database"]

with database.engine.connect().execution_options(**{WRITES: True}) as connection:
    if database.dialect == "postgresql":
        connection.execute(text("SELECT pg_advisory_lock(5001)"))
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        compare_type=True,
        render_as_batch=False,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if database.dialect == "postgresql":
        connection.execute(text("SELECT pg_advisory_unlock(5001)"))
        connection.commit()
