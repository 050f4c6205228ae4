"""Saving a filter of the desk under a name, and dropping it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.desk_filter import DeskFilter
from disclosure.queries.desk_filters import KEYS, MOST, saved_filter, saved_filters
from portal.core import screening
from portal.core.actor import Actor
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid

LONGEST_NAME = 40


def save_filter(session: Session, name: str, values: Mapping[str, str], *, by: Actor, at: datetime) -> DeskFilter:
    """Keep a filter; one of the same name is replaced. Invalid for a name that cannot be, Conflict for one too many.

    It is the account's own convenience and no act on a case, so nothing of it stands in the journal.
    """
    policy.check(by, policy.Right.SAVE_FILTER)
    text = screening.line(name.strip(), field="name", limits=(LONGEST_NAME, 60))
    if not text:
        raise Invalid(N_("Give it a name."), field="name")
    query = urlencode([(key, values[key]) for key in KEYS if values.get(key)])
    if not query:
        raise Invalid(N_("Choose a filter first."), field="name")
    rows = saved_filters(session, by)
    row = next((one for one in rows if one.name == text), None)
    if row is None:
        if len(rows) >= MOST:
            raise Conflict(N_("At most %(most)s filters can be saved. Drop one first."), most=MOST)
        row = DeskFilter(id=new_id(), account_id=by.id, name=text)
        session.add(row)
    row.query, row.made_at = query[:300], at
    session.flush()
    return row


def drop_filter(session: Session, filter_id: str, *, by: Actor) -> None:
    """Forget a filter of one's own."""
    policy.check(by, policy.Right.SAVE_FILTER)
    session.delete(saved_filter(session, filter_id, by))
    session.flush()
