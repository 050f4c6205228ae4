"""Triggers that make tables append-only, as DDL for both databases; `doctor` and the tests look for them by name.

SQLite's ``INSERT OR REPLACE`` deletes without firing a delete trigger unless ``recursive_triggers`` is on, so an
insert guard refuses to reuse a key. PostgreSQL's row triggers do not see ``TRUNCATE``, so a statement trigger does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class AppendOnly:
    """A table whose rows, once written, stay as they are; ``keys`` are its unique columns, or groups of them."""

    table: str
    keys: tuple[str | tuple[str, ...], ...]


APPEND_ONLY: list[AppendOnly] = [AppendOnly("audit_entry", ("seq", "prev_hash", "hash"))]


def register(*guards: AppendOnly) -> None:
    """Add a room's tables to those that the migrations, `doctor` and the tests guard."""
    APPEND_ONLY.extend(guard for guard in guards if guard not in APPEND_ONLY)


def names(dialect: str, guard: AppendOnly) -> list[str]:
    """The triggers that must exist for this table."""
    last = "no_replace" if dialect == "sqlite" else "no_truncate"
    return [f"{guard.table}_no_update", f"{guard.table}_no_delete", f"{guard.table}_{last}"]


def statements(dialect: str, guard: AppendOnly) -> list[str]:
    """DDL that makes the table append-only."""
    table = guard.table
    if dialect == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        taken = " OR ".join(_same(key) for key in guard.keys)
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {taken})"  # noqa: S608 - names from this module
        return [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {exists} {refuse}",
        ]
    function = f"{table}_refuse"
    return [
        (
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        ),
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {function}()",
    ]


def _same(key: str | tuple[str, ...]) -> str:
    """SQL: the row has the new row's key."""
    if isinstance(key, str):
        return f"{key} = NEW.{key}"
    return "(" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")"


def removals(dialect: str, guard: AppendOnly) -> list[str]:
    """DDL that lifts the guard again, for going back a revision."""
    on = "" if dialect == "sqlite" else f" ON {guard.table}"
    drops = [f"DROP TRIGGER {name}{on}" for name in names(dialect, guard)]
    return drops if dialect == "sqlite" else [*drops, f"DROP FUNCTION {guard.table}_refuse()"]


def missing(session: Session, guards: Sequence[AppendOnly] = APPEND_ONLY) -> list[str]:
    """Names of triggers that should be there and are not (or are disabled)."""
    dialect = session.get_bind().dialect.name
    if dialect == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    found = set(session.execute(text(query)).scalars())
    return [name for guard in guards for name in names(dialect, guard) if name not in found]
