"""Small tables that many parts of a page name, kept in this process."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from content.models.areas import Municipality
from content.models.scales import Cause, Severity
from content.models.systems import Component, Dependency, System
from content.queries.held import Held
from content.rules.areas import PREFECTURES

Thing = TypeVar("Thing", System, Component, Cause, Severity)
MODELS: tuple[type[Any], ...] = (System, Component, Cause, Severity)


@dataclass(frozen=True)
class _Known:
    things: dict[type[Any], dict[Any, Any]]
    needs: dict[str, tuple[str, ...]]
    municipalities: dict[str, int]


def every(session: Session, model: type[Thing]) -> dict[Any, Thing]:
    """All rows by primary key, in their published order; they belong to no session: never change them."""
    return cast(dict[Any, Thing], _HELD.of(session).things[model])


def needs(session: Session) -> dict[str, tuple[str, ...]]:
    """The keys of the systems that each system needs by itself."""
    return _HELD.of(session).needs


def municipalities(session: Session) -> dict[str, int]:
    """How many municipalities each prefecture has today; a record without their names counts each prefecture once."""
    return _HELD.of(session).municipalities


def _read(session: Session) -> _Known:
    needed: dict[str, tuple[str, ...]] = {}
    for one in session.execute(select(Dependency.system_key, Dependency.needs_key).order_by(Dependency.needs_key)):
        needed[one.system_key] = (*needed.get(one.system_key, ()), one.needs_key)
    query = select(Municipality.prefecture, func.count()).where(Municipality.until_on.is_(None))
    counts = {row[0]: int(row[1]) for row in session.execute(query.group_by(Municipality.prefecture))}
    return _Known(
        {model: _all(session, model) for model in MODELS},
        needed,
        counts or dict.fromkeys(PREFECTURES, 1),
    )


def _all(session: Session, model: type[Any]) -> dict[Any, Any]:
    columns = inspect(model).local_table.columns
    order, key = columns.get("position", columns.get("level")), inspect(model).primary_key[0].name
    rows = session.execute(select(*columns).order_by(order)).mappings()
    return {row[key]: model(**row) for row in rows}


def _renew(_session: Session, held: _Known, _keys: Collection[str]) -> _Known:
    return held


_HELD = Held(_read, _renew)
