"""Small tables that many parts of a page name: each is read once for a page."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Connection, inspect, select
from sqlalchemy.orm import Session

from content.models.scales import Cause, Severity
from content.models.systems import Component, System
from portal.core.db import WRITES

Thing = TypeVar("Thing", System, Component, Cause, Severity)


def every(session: Session, model: type[Thing]) -> dict[str | int, Thing]:
    """All rows by primary key, in their published order; a session that only reads asks for them once."""
    bind = session.get_bind()
    reads = not isinstance(bind, Connection) and not bind.get_execution_options().get(WRITES)
    kept: dict[str | int, Thing] | None = session.info.get(model) if reads else None
    if kept is None:
        order = Severity.level if model is Severity else model.position  # type: ignore[attr-defined]
        (key,) = inspect(model).primary_key
        kept = {getattr(one, key.name): one for one in session.scalars(select(model).order_by(order))}
        if reads:
            session.info[model] = kept
    return kept
