"""A legal hold: while one stands, nothing of the case is destroyed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from disclosure.models.columns import EnumText, one_of
from disclosure.rules.retention import HoldGround
from portal.core.db import Base, UtcDateTime

STANDS = "lifted_at IS NULL"


class LegalHold(Base):
    """One hold, its ground, and a note (sealed under the case's key). It is lifted, never deleted."""

    __tablename__ = "disclosure_legal_hold"
    __table_args__ = (
        CheckConstraint(one_of("ground", HoldGround), name="ground_is_known"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)", name="lifted_is_whole"),
        Index("ix_disclosure_legal_hold_case", "case_id", sqlite_where=text(STANDS), postgresql_where=text(STANDS)),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    ground: Mapped[HoldGround] = mapped_column(EnumText(HoldGround))
    note_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    placed_by: Mapped[str] = mapped_column(String(64))
    placed_name: Mapped[str] = mapped_column(String(200))
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lifted_by: Mapped[str | None] = mapped_column(String(64))
    lifted_name: Mapped[str] = mapped_column(String(200), default="")
