"""Small tables that many parts of a page name, kept in this process."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar, cast

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from content.models.scales import Cause, Severity
from content.models.systems import Component, System
from content.queries.held import Held

Thing = TypeVar("Thing", System, Component, Cause, Severity)
MODELS: tuple[type[Any], ...] = (System, Component, Cause, Severity)
Known = dict[type[Any], dict[Any, Any]]


def every(session: Session, model: type[Thing]) -> dict[Any, Thing]:
    """All rows by primary key, in their published order; they belong to no session: never change them."""
    return cast(dict[Any, Thing], _HELD.of(session)[model])


def _read(session: Session) -> Known:
    return {model: _all(session, model) for model in MODELS}


def _all(session: Session, model: type[Any]) -> dict[Any, Any]:
    columns = inspect(model).local_table.columns
    order, key = columns.get("position", columns.get("level")), inspect(model).primary_key[0].name
    rows = session.execute(select(*columns).order_by(order)).mappings()
    return {row[key]: model(**row) for row in rows}


def _renew(_session: Session, held: Known, _keys: Collection[str]) -> Known:
    return held


_HELD = Held(_read, _renew)
