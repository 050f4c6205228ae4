"""Suits about a case, entered as facts: the day, the court, how they ended."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from disclosure.models.columns import EnumText, one_of
from portal.core.db import Base, UtcDateTime


class SuitResult(StrEnum):
    """How a suit ended."""

    GRANTED = "granted"
    PARTLY = "partly"
    DISMISSED = "dismissed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    OTHER = "other"


class Suit(Base):
    """One suit (取消訴訟 and others). ``note_sealed`` holds the court's number and what colleagues should know."""

    __tablename__ = "disclosure_suit"
    __table_args__ = (
        CheckConstraint(f"result IS NULL OR {one_of('result', SuitResult)}", name="result_is_known"),
        CheckConstraint("(result IS NULL) = (ended_on IS NULL)", name="ended_has_result"),
        CheckConstraint("ended_on IS NULL OR ended_on >= filed_on", name="ended_after_filed"),
        Index("ix_disclosure_suit_case", "case_id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    filed_on: Mapped[date]
    court: Mapped[str] = mapped_column(String(200))
    note_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    result: Mapped[SuitResult | None] = mapped_column(EnumText(SuitResult))
    ended_on: Mapped[date | None]
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered_by: Mapped[str] = mapped_column(String(64))
    entered_name: Mapped[str] = mapped_column(String(200))
