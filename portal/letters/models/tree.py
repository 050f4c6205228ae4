"""The public tree: its leaves, the nodes that its proofs are made of, and its head after each leaf. Never changed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import triggers
from portal.core.db import Base, UtcDateTime


class Leaf(Base):
    """What one leaf says: canonical JSON, as ``portal.letters.leaves`` writes it."""

    __tablename__ = "letters_leaf"
    __table_args__ = (CheckConstraint("position >= 0", name="counts_from_zero"),)

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[str] = mapped_column(Text)


class Node(Base):
    """The hash over ``2**level`` leaves from leaf ``position << level`` on, hexadecimal; level 0 are leaves' hashes."""

    __tablename__ = "letters_node"
    __table_args__ = (
        CheckConstraint("level >= 0 AND position >= 0", name="counts_from_zero"),
        CheckConstraint("length(hash) = 64", name="hash_is_sha256"),
    )

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(String(64))


class Head(Base):
    """The root over the first ``size`` leaves, hexadecimal; ``day`` is the day in Japan."""

    __tablename__ = "letters_head"
    __table_args__ = (
        CheckConstraint("size > 0", name="has_leaves"),
        CheckConstraint("length(root) = 64", name="root_is_sha256"),
    )

    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    root: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    day: Mapped[date] = mapped_column(index=True)


triggers.register(
    triggers.AppendOnly(Leaf.__tablename__, ("position",)),
    triggers.AppendOnly(Node.__tablename__, (("level", "position"),)),
    triggers.AppendOnly(Head.__tablename__, ("size",)),
)
