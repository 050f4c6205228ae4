"""What the public learns of reports of the same cause: a bulletin of the public record, written from their counts."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, UtcDateTime


class Lesson(Base):
    """``draft_id``: the bulletin in the making that tells of it; it is published as every bulletin is, by two people.

    ``cause``: a key of the table of codes ``cause_table``. ``reports`` and ``bodies`` are what was counted from
    ``first_on`` to ``last_on``; the bulletin says them only where they are not small.
    """

    __tablename__ = "discrepancy_lesson"
    __table_args__ = (
        CheckConstraint("first_on <= last_on", name="ends_after_beginning"),
        CheckConstraint("reports > 0 AND bodies > 0", name="counts_are_positive"),
        Index("ix_discrepancy_lesson_cause", "cause_table", "cause"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("content_draft.id"), unique=True)
    incident_key: Mapped[str] = mapped_column(String(80), index=True)
    cause_table: Mapped[str] = mapped_column(String(16))
    cause: Mapped[str] = mapped_column(String(60))
    first_on: Mapped[date] = mapped_column(Date)
    last_on: Mapped[date] = mapped_column(Date)
    reports: Mapped[int] = mapped_column(Integer)
    bodies: Mapped[int] = mapped_column(Integer)
    made_by: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
