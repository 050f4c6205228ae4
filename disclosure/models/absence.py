"""Who at the desk is away, from when until when, and who stands in for them (代理・代行)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, UtcDateTime


class Absence(Base):
    """One absence. The cases stay the person's; the deputy's desk shows them too, from the first day to the last.

    It ends earlier by ``ended_on``, the last day that counts, which may lie before ``from_on``: it never began then.
    """

    __tablename__ = "disclosure_absence"
    __table_args__ = (
        CheckConstraint("until_on >= from_on", name="days_are_in_order"),
        CheckConstraint("deputy_id <> account_id", name="nobody_stands_in_for_themselves"),
        Index("ix_disclosure_absence_deputy", "deputy_id", "until_on"),
        Index("ix_disclosure_absence_account", "account_id", "until_on"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    account_id: Mapped[str] = mapped_column(String(64))
    account_name: Mapped[str] = mapped_column(String(200))
    deputy_id: Mapped[str] = mapped_column(String(64))
    deputy_name: Mapped[str] = mapped_column(String(200))
    from_on: Mapped[date]
    until_on: Mapped[date]
    entered_by: Mapped[str] = mapped_column(String(64))
    entered_name: Mapped[str] = mapped_column(String(200))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_on: Mapped[date | None]
    ended_by: Mapped[str | None] = mapped_column(String(64))
