"""What happened in a case, for the people who follow it; and the staff's private notes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from disclosure.models.columns import EnumText, one_of
from portal.core.db import Base, UtcDateTime


class Audience(StrEnum):
    """Who may see an event; what residents see, staff see too."""

    RESIDENT = "resident"
    STAFF = "staff"


class CaseEvent(Base):
    """One step, as a code with parameters that are never personal (days as ISO text, codes, numbers)."""

    __tablename__ = "disclosure_case_event"
    __table_args__ = (
        CheckConstraint(one_of("visible_to", Audience), name="audience_is_known"),
        Index("ix_disclosure_case_event_case_at", "case_id", "at", "id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    code: Mapped[str] = mapped_column(String(40))
    params: Mapped[dict[str, str]] = mapped_column(JSON)
    visible_to: Mapped[Audience] = mapped_column(EnumText(Audience))
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[str] = mapped_column(String(64))
    actor_name: Mapped[str] = mapped_column(String(200), default="")


class CaseNote(Base):
    """A note that staff wrote for each other, sealed."""

    __tablename__ = "disclosure_case_note"
    __table_args__ = (Index("ix_disclosure_case_note_case", "case_id", "at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    author_id: Mapped[str] = mapped_column(String(64))
    author_name: Mapped[str] = mapped_column(String(200))
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
