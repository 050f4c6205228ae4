"""What the search keeps in the database: marks of what the index has yet to learn, and words that mean the same."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Boolean, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, UtcDateTime


class DirtyRecord(Base):
    """One mark: the records of `key` changed. Written in the transaction of the change, deleted when the index has it.

    Marks are rows that are only added, so that two transactions that publish at once never wait for one another.
    """

    __tablename__ = "search_dirty"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(300))
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Synonym(Base):
    """Words that mean the same, as staff wrote them; a row with the key of a shipped group stands instead of it."""

    __tablename__ = "search_synonym"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    words: Mapped[list[str]] = mapped_column(JSON)
    removed: Mapped[bool] = mapped_column(Boolean)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
