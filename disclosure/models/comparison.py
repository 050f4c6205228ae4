"""That somebody compared whose records these are with the request, before they are handed out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import triggers
from portal.core.db import Base, UtcDateTime


class Comparison(Base):
    """One person's comparison of name and birth date. What differs is sealed under the case's key.

    ``records_sha256`` is the fingerprint of the records and their copies: it holds for exactly these.
    """

    __tablename__ = "disclosure_comparison"
    __table_args__ = (
        CheckConstraint("(name_agrees AND birth_agrees) = (differs_sealed IS NULL)", name="difference_is_told"),
        Index("ix_disclosure_comparison_case", "case_id", "compared_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    records_sha256: Mapped[str] = mapped_column(String(64))
    name_agrees: Mapped[bool]
    birth_agrees: Mapped[bool]
    differs_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    compared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    compared_by: Mapped[str] = mapped_column(String(64))
    compared_name: Mapped[str] = mapped_column(String(200))


class DifferenceResolved(Base):
    """That what differed was put right in the record, so that nothing had leaked: who says so, and sealed, why.

    It speaks of every difference found before it, and nothing that was compared before it counts any longer.
    """

    __tablename__ = "disclosure_difference_resolved"
    __table_args__ = (Index("ix_disclosure_difference_resolved_case", "case_id", "resolved_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    why_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    resolved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    resolved_by: Mapped[str] = mapped_column(String(64))
    resolved_name: Mapped[str] = mapped_column(String(200))


triggers.register(triggers.AppendOnly(Comparison.__tablename__, ("id",)))
triggers.register(triggers.AppendOnly(DifferenceResolved.__tablename__, ("id",)))
