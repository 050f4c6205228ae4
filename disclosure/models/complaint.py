"""Complaints (苦情) about how personal information is handled: about a case, or about none."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from disclosure.models.columns import EnumText, one_of
from disclosure.rules.kinds import Channel
from portal.core.db import Base, UtcDateTime


class ComplaintState(StrEnum):
    """How far a complaint has come."""

    OPEN = "open"
    ANSWERED = "answered"


class Complaint(Base):
    """One complaint. About a case it is sealed under the case's key and goes with it.

    Without a case it has a key of its own, wrapped for the back office and under the sender's access code as a case's
    is; when the wraps are destroyed (``erased_on``) nobody can read it again.
    """

    __tablename__ = "disclosure_complaint"
    __table_args__ = (
        CheckConstraint(one_of("state", ComplaintState), name="state_is_known"),
        CheckConstraint(one_of("channel", Channel), name="channel_is_known"),
        CheckConstraint("(state = 'answered') = (answered_on IS NOT NULL)", name="answered_has_day"),
        CheckConstraint("(answer_sealed IS NOT NULL) = (answered_on IS NOT NULL)", name="answered_has_answer"),
        CheckConstraint("answered_on IS NULL OR answered_on >= received_on", name="answered_after_received"),
        CheckConstraint(
            "(office_wrap IS NULL) = (code_wrap IS NULL) AND (office_wrap IS NULL) = (code_salt IS NULL)"
            " AND (office_wrap IS NULL) = (code_verifier IS NULL)",
            name="wraps_are_whole",
        ),
        CheckConstraint(
            "(case_id IS NULL AND erased_on IS NULL) = (office_wrap IS NOT NULL)", name="key_is_own_or_the_case_s"
        ),
        Index("ix_disclosure_complaint_state", "state", "due_on"),
        Index("ix_disclosure_complaint_case", "case_id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    submission_key: Mapped[str] = mapped_column(String(64), unique=True)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_case.id"))
    channel: Mapped[Channel] = mapped_column(EnumText(Channel))
    language: Mapped[str] = mapped_column(String(8))
    state: Mapped[ComplaintState] = mapped_column(EnumText(ComplaintState))
    received_on: Mapped[date]
    due_on: Mapped[date]
    said_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_on: Mapped[date | None]
    answered_by: Mapped[str | None] = mapped_column(String(64))
    answered_name: Mapped[str] = mapped_column(String(200), default="")
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    filed_kind: Mapped[str] = mapped_column(String(16))
    filed_by: Mapped[str] = mapped_column(String(64))
    office_wrap: Mapped[bytes | None] = mapped_column(LargeBinary)
    code_salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    code_verifier: Mapped[bytes | None] = mapped_column(LargeBinary)
    code_wrap: Mapped[bytes | None] = mapped_column(LargeBinary)
    erased_on: Mapped[date | None]
