"""A request for correction (補正) and its answer; while it is open the clock stands."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, UtcDateTime

UNANSWERED = "answered_on IS NULL AND given_up_on IS NULL"


class CorrectionRequest(Base):
    """What was asked (codes of defects and a sealed note), until when, and when the answer arrived.

    ``given_up_on`` is the day on which the office stopped waiting. At most one is open for a case.
    """

    __tablename__ = "disclosure_correction"
    __table_args__ = (
        CheckConstraint("due_on >= sent_on", name="due_after_sent"),
        CheckConstraint("answered_on IS NULL OR answered_on >= sent_on", name="answered_after_sent"),
        CheckConstraint("answered_on IS NULL OR given_up_on IS NULL", name="answered_or_given_up"),
        CheckConstraint("answer_sealed IS NULL OR answered_on IS NOT NULL", name="answer_has_day"),
        Index(
            "uq_disclosure_correction_open",
            "case_id",
            unique=True,
            sqlite_where=text(UNANSWERED),
            postgresql_where=text(UNANSWERED),
        ),
        Index("ix_disclosure_correction_case", "case_id", "sent_on"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    sent_on: Mapped[date]
    due_on: Mapped[date]
    defects: Mapped[list[str]] = mapped_column(JSON)
    note_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    asked_by: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_on: Mapped[date | None]
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    given_up_on: Mapped[date | None]
