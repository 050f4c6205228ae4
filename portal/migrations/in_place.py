"""Changing the constraints of a table that others refer to, on both databases.

SQLite knows no statement for it. Making the table anew would take away what append-only ledgers refer to, so its stored
definition is rewritten, as SQLite's manual has it for changes that touch no stored row.
"""

import re
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op


def change_checks(table: str, checks: dict[str, str | None]) -> None:
    """Give ``table`` these CHECK constraints by full name; None takes one away. Every stored row must satisfy them.

    RuntimeError when the stored table does not look as the revisions made it, or does not pass SQLite's own check.
    """
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        for name, condition in checks.items():
            op.execute(sa.text(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}"))
            if condition is not None:
                op.create_check_constraint(op.f(name), table, condition)
        return

    def change(definition: str) -> str:
        for name, condition in checks.items():
            definition = _changed(definition, name, condition)
        return definition

    _rewrite(table, change)


def change_null(table: str, column: str, *, allowed: bool) -> None:
    """Let a column be empty, or no longer. Every stored row must satisfy it. RuntimeError as for the checks."""
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        op.alter_column(table, column, nullable=allowed)
        return
    before, after = (" NOT NULL", "") if allowed else ("", " NOT NULL")
    stated = rf"(\n\t{re.escape(column)} [A-Z]+(?:\(\d+\))?){before}(?=,)"
    _rewrite(table, lambda text: _one(stated, rf"\g<1>{after}", text))


def _one(pattern: str, replacement: str, text: str) -> str:
    changed, times = re.subn(pattern, replacement, text)
    if times != 1:
        raise RuntimeError("The table does not look as the revisions made it.")
    return changed


def _rewrite(table: str, change: Callable[[str], str]) -> None:
    """Put another definition in place of the stored one (SQLite)."""
    bind = op.get_bind()
    stored = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    definition = change(bind.execute(stored, {"name": table}).scalar_one())
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    put = sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :name")
    bind.execute(put, {"sql": definition, "name": table})
    bind.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema = RESET")
    if (said := bind.exec_driver_sql(f"PRAGMA integrity_check('{table}')").scalar_one()) != "ok":
        raise RuntimeError(said)


def _changed(definition: str, name: str, condition: str | None) -> str:
    found = re.search(rf",\s*CONSTRAINT {re.escape(name)} CHECK \(", definition)
    if found:
        depth, end = 1, found.end()
        while depth:
            if end >= len(definition):
                raise RuntimeError(f"{name} is not closed.")
            depth += {"(": 1, ")": -1}.get(definition[end], 0)
            end += 1
        definition = definition[: found.start()] + definition[end:]
    if condition is None:
        return definition
    body, closing, rest = definition.rpartition("\n)")
    if not closing:
        raise RuntimeError("The table does not look as the revisions made it.")
    return f"{body}, \n\tCONSTRAINT {name} CHECK ({condition}){closing}{rest}"
