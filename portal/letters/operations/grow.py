"""Appending a leaf to the public tree, in the transaction of what it tells."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.core.clock import day_in_japan
from portal.core.db import Base
from portal.letters import tree
from portal.letters.models.tree import Head, Leaf, Node
from portal.letters.queries.tree import head, nodes

LOCK = 0x4B414954  # "KAIT": PostgreSQL's advisory lock that serialises the tree's head


def lock(session: Session) -> int:
    """Hold the tree until the transaction ends; returns the position of the next leaf.

    Whoever needs several locks takes them in one order: a series of numbers, the tree, the journal.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    return head(session).size


def append(session: Session, data: str, *, at: datetime) -> int:
    """Append one leaf with its nodes and the new head; returns its position."""
    size = lock(session)
    known = dict(nodes(session, tree.peaks(size)))
    made = tree.grow(size, tree.leaf_hash(data.encode("ascii")), known)
    root = tree.root(size + 1, known | made)
    tables = Base.metadata.tables
    session.execute(tables[Leaf.__tablename__].insert(), {"position": size, "data": data})
    session.execute(
        tables[Node.__tablename__].insert(),
        [{"level": level, "position": place, "hash": value.hex()} for (level, place), value in made.items()],
    )
    session.execute(
        tables[Head.__tablename__].insert(),
        {"size": size + 1, "root": root.hex(), "at": at, "day": day_in_japan(at)},
    )
    return size
