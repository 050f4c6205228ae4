"""Filters of the desk that somebody saved under a name. They hold no personal data: names are never part of one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, UtcDateTime


class DeskFilter(Base):
    """One saved filter of one account: ``query`` is the query string of the desk, as the desk itself writes it."""

    __tablename__ = "disclosure_desk_filter"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    account_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(300))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
