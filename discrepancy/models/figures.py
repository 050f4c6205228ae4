"""How many reports a month has: kept sums, so that figures over years read a few thousand rows and no report."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from discrepancy.rules.reporting import Sum
from portal.core.db import Base


class MonthSum(Base):
    """``by``: what is counted (:class:`Sum`); ``key``: which one; ``month``: as ``2026-11``.

    Reports are counted from the day that they bear, once they were filed (``operations/tally.py``).
    """

    __tablename__ = "discrepancy_month_sum"
    __table_args__ = (
        one_of("by", Sum),
        CheckConstraint("reports >= 0", name="counts_reports"),
        {"sqlite_with_rowid": False},
    )

    by: Mapped[str] = mapped_column(String(8), primary_key=True)
    key: Mapped[str] = mapped_column(String(140), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    reports: Mapped[int] = mapped_column(Integer)
