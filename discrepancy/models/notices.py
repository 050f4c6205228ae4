"""What a provider tells other inquirers to whom it gave the same wrong data (X4)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, UtcDateTime


class Notice(Base):
    """A notice to one body, which reads it without seeing the case that it comes from.

    ``said``: JSON of the ``text`` and the ``serial`` (処理通番) of what that body received, sealed under the case's
    key. ``opened_case``: the case that the body opened upon it.
    """

    __tablename__ = "discrepancy_notice"
    __table_args__ = (
        CheckConstraint("from_code <> to_code", name="two_bodies"),
        CheckConstraint("(seen_at IS NULL) = (seen_by IS NULL)", name="seen_by_somebody"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey("discrepancy_case.number"), index=True)
    from_code: Mapped[str] = mapped_column(ForeignKey("discrepancy_body.code"))
    to_code: Mapped[str] = mapped_column(ForeignKey("discrepancy_body.code"), index=True)
    said: Mapped[bytes] = mapped_column(LargeBinary)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen_by: Mapped[str | None] = mapped_column(String(64))
    opened_case: Mapped[str | None] = mapped_column(ForeignKey("discrepancy_case.number"))
