"""A page of a long list: its keys from an index alone, from the end of the list that is nearer, then its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

A_PAGE = 50


def pages_of(total: int, wanted: int) -> tuple[int, int]:
    """How many pages a list of ``total`` has, at least one, and which of them is shown for the ``wanted`` one."""
    pages = max(1, -(-total // A_PAGE))
    return pages, min(max(1, wanted), pages)


def keys_of_page(
    session: Session,
    key: InstrumentedAttribute[str],
    conditions: Sequence[ColumnElement[bool]],
    order: Sequence[InstrumentedAttribute[Any]],
    *,
    descending: bool,
    total: int,
    start: int,
    most: int | None = None,
) -> list[str]:
    """The keys of the rows from ``start`` (0 for the first), at most ``most`` (None: a whole page).

    ``order``: columns of which an index begins, all of them in one direction, the last one unique. ``total``: how many
    rows the conditions hold for. What is skipped is read from that index and no row of the table.
    """
    most = min(A_PAGE if most is None else most, total - start)
    if most <= 0:
        return []
    behind = total - start - most
    backwards = behind < start
    down = descending is not backwards
    query = select(key).where(*conditions).order_by(*(one.desc() if down else one.asc() for one in order))
    found = list(session.scalars(query.limit(most).offset(behind if backwards else start)))
    return found[::-1] if backwards else found
