"""Handing a request, or a part of it, over to another body: whom we consulted, what it said, when it was told."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from disclosure.models.columns import EnumText, one_of
from disclosure.rules.transfers import IN_WORK, TransferState
from portal.core.db import Base, UtcDateTime

STANDING = one_of("state", IN_WORK)
S = TransferState


class Transfer(Base):
    """One transfer. The other body is named plainly; what concerns the request is sealed JSON.

    ``about_sealed``: part (which records, empty for the whole), reason, asked_of (who was spoken to), answer. At most
    one is in work for a case. A whole transfer ends the case here; of a part, the case goes on for the rest.
    """

    __tablename__ = "disclosure_transfer"
    __table_args__ = (
        CheckConstraint(one_of("state", TransferState), name="state_is_known"),
        CheckConstraint(
            f"state = 'dropped' OR ({one_of('state', (S.AGREED, S.DECLINED, S.DONE))}) = (answered_on IS NOT NULL)",
            name="answered_has_day",
        ),
        CheckConstraint("answered_on IS NULL OR answered_on >= consulted_on", name="answered_after_asking"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done_has_day"),
        Index(
            "uq_disclosure_transfer_in_work",
            "case_id",
            unique=True,
            sqlite_where=text(STANDING),
            postgresql_where=text(STANDING),
        ),
        Index("ix_disclosure_transfer_case", "case_id", "entered_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    state: Mapped[TransferState] = mapped_column(EnumText(TransferState))
    whole: Mapped[bool]
    body: Mapped[str] = mapped_column(String(200))
    head: Mapped[str] = mapped_column(String(200))
    department: Mapped[str] = mapped_column(String(200))
    postal_code: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(300))
    telephone: Mapped[str] = mapped_column(String(60))
    about_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    consulted_on: Mapped[date]
    answered_on: Mapped[date | None]
    done_on: Mapped[date | None]
    entered_by: Mapped[str] = mapped_column(String(64))
    entered_name: Mapped[str] = mapped_column(String(200))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
