"""A letter with a mistake is never changed: a new letter replaces it, drafted by one person, issued by another."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from disclosure.models.columns import EnumText, one_of
from portal.core.db import Base, UtcDateTime


class ReplacementState(StrEnum):
    """How far the replacement of a letter has come."""

    DRAFTED = "drafted"
    ISSUED = "issued"
    DROPPED = "dropped"


IN_WORK = "state = 'drafted'"


class LetterCorrection(Base):
    """The replacement of one letter. ``content_sealed`` is JSON: reason, name, postal code, address, reasons.

    At most one is in work for a letter, and at most one was issued.
    """

    __tablename__ = "disclosure_letter_correction"
    __table_args__ = (
        CheckConstraint(one_of("state", ReplacementState), name="state_is_known"),
        CheckConstraint("issued_by IS NULL OR issued_by <> drafted_by", name="four_eyes"),
        CheckConstraint(
            "(state = 'issued') = (new_letter_id IS NOT NULL) AND (state = 'issued') = (issued_by IS NOT NULL)"
            " AND (issued_by IS NULL) = (issued_at IS NULL)",
            name="issued_is_whole",
        ),
        CheckConstraint("new_letter_id IS NULL OR new_letter_id <> letter_id", name="replaces_another"),
        Index(
            "uq_disclosure_letter_correction_in_work",
            "letter_id",
            unique=True,
            sqlite_where=text(IN_WORK),
            postgresql_where=text(IN_WORK),
        ),
        Index(
            "uq_disclosure_letter_correction_issued",
            "letter_id",
            unique=True,
            sqlite_where=text("state = 'issued'"),
            postgresql_where=text("state = 'issued'"),
        ),
        Index("ix_disclosure_letter_correction_case", "case_id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    letter_id: Mapped[str] = mapped_column(ForeignKey("disclosure_letter.id"))
    new_letter_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_letter.id"), unique=True)
    state: Mapped[ReplacementState] = mapped_column(EnumText(ReplacementState))
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    drafted_by: Mapped[str] = mapped_column(String(64))
    drafted_name: Mapped[str] = mapped_column(String(200))
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by: Mapped[str | None] = mapped_column(String(64))
    issued_name: Mapped[str] = mapped_column(String(200), default="")
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
