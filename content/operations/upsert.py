"""Brings tables to the rows that are wanted: adds, changes, drops; says whose pages are touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, insert, inspect, select, update
from sqlalchemy.orm import DeclarativeBase, Session

Values = dict[str, Any]
Identity = tuple[Any, ...]


def table_of(model: type[DeclarativeBase]) -> Table:
    """The table of a model; every model of this room has exactly one."""
    table = inspect(model).local_table
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} has no table of its own.")
    return table


def identity(table: Table, values: Values) -> Identity:
    """The primary key of a row, in the order of the table's columns."""
    return tuple(values[column.name] for column in table.primary_key)


def stored(session: Session, table: Table, scope: str, keys: Sequence[str]) -> dict[Identity, Values]:
    """The rows whose column ``scope`` is one of ``keys`` (all rows where ``scope`` is empty), by primary key."""
    query = select(table)
    if scope:
        query = query.where(table.c[scope].in_(keys))
    rows = [dict(row) for row in session.execute(query).mappings()]
    return {identity(table, row): row for row in rows}


def differs(wanted: Values, found: Values, ignored: Iterable[str]) -> bool:
    """Whether a stored row says something else than wanted, columns ``ignored`` left out."""
    left_out = set(ignored)
    return any(found[name] != value for name, value in wanted.items() if name not in left_out)


def add(session: Session, table: Table, rows: Sequence[Values]) -> None:
    """Insert rows."""
    if rows:
        session.execute(insert(table), list(rows))


def change(session: Session, table: Table, values: Values) -> None:
    """Set a row's columns, found by its primary key."""
    session.execute(update(table).where(_is(table, identity(table, values))).values(**values))


def drop(session: Session, table: Table, gone: Iterable[Identity]) -> None:
    """Delete rows by primary key."""
    for key in gone:
        session.execute(delete(table).where(_is(table, key)))


def _is(table: Table, key: Identity) -> ColumnElement[bool]:
    return and_(*(column == value for column, value in zip(table.primary_key, key, strict=True)))
