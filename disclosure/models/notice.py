"""Letters beside the decision: drafted by one person, issued by another, each with what it says, sealed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from disclosure.models.columns import EnumText, one_of
from portal.core.db import Base, UtcDateTime


class NoticeState(StrEnum):
    """How far a notice has come."""

    DRAFTED = "drafted"
    ISSUED = "issued"
    DROPPED = "dropped"


class Notice(Base):
    """One letter of a case that tells no decision: ``kind`` is the letter's (f3, f8, …), ``about_id`` what it is about.

    ``said_sealed`` is what was typed for it, as JSON. ``alone``: the law and the organisation let one person send it.
    """

    __tablename__ = "disclosure_notice"
    __table_args__ = (
        CheckConstraint(one_of("state", NoticeState), name="state_is_known"),
        CheckConstraint("alone OR issued_by IS NULL OR issued_by <> drafted_by", name="four_eyes"),
        CheckConstraint(
            "(state = 'issued') = (letter_id IS NOT NULL) AND (state = 'issued') = (issued_by IS NOT NULL)"
            " AND (issued_by IS NULL) = (issued_at IS NULL) AND (issued_by IS NULL) = (issued_on IS NULL)",
            name="issued_is_whole",
        ),
        Index("ix_disclosure_notice_case", "case_id", "drafted_at"),
        Index("ix_disclosure_notice_about", "about_id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    kind: Mapped[str] = mapped_column(String(8))
    about_id: Mapped[str | None] = mapped_column(String(36))
    state: Mapped[NoticeState] = mapped_column(EnumText(NoticeState), default=NoticeState.DRAFTED)
    alone: Mapped[bool]
    said_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    letter_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_letter.id"), unique=True)
    drafted_by: Mapped[str] = mapped_column(String(64))
    drafted_name: Mapped[str] = mapped_column(String(200))
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by: Mapped[str | None] = mapped_column(String(64))
    issued_name: Mapped[str] = mapped_column(String(200), default="")
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    issued_on: Mapped[date | None]
