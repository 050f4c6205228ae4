"""The filters of the desk that somebody saved."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.desk_filter import DeskFilter
from portal.core.actor import Actor
from portal.core.errors import NotFound

MOST = 20
# What a saved filter may hold: never a number, a name or a date of birth.
KEYS = ("scope", "state", "duty", "person", "department")


def saved_filters(session: Session, actor: Actor) -> list[DeskFilter]:
    """Those of this account, by name."""
    wanted = select(DeskFilter).where(DeskFilter.account_id == actor.id).order_by(DeskFilter.name)
    return list(session.scalars(wanted))


def saved_filter(session: Session, filter_id: str, actor: Actor) -> DeskFilter:
    """One of this account's; NotFound for anybody else's."""
    row = session.get(DeskFilter, filter_id)
    if row is None or row.account_id != actor.id:
        raise NotFound
    return row
