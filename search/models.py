"""Marks of what the index has yet to learn."""

from datetime import datetime

from sqlalchemy import BigInteger, Integer, String
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
