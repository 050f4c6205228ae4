"""Issued letters as this room keeps them; their numbers and their public register are in the letters' room."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, true
from sqlalchemy.orm import Mapped, deferred, mapped_column

from portal.core.db import Base, UtcDateTime


class Letter(Base):
    """A letter as it was issued: the context it was made from and the PDF, both sealed under the case's key.

    ``id`` is the letter's in the register as well. A letter that tells no decision (an extension) has none. One that
    is not ``to_requester`` went to somebody else (a third party, another body), and the requester does not see it.
    """

    __tablename__ = "disclosure_letter"
    __table_args__ = (
        CheckConstraint("kind NOT IN ('f4', 'f5') OR decision_id IS NOT NULL", name="decision_is_told"),
        Index("ix_disclosure_letter_case", "case_id", "issued_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    decision_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_decision.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    to_requester: Mapped[bool] = mapped_column(default=True, server_default=true())
    number: Mapped[str] = mapped_column(String(80))
    fiscal_year: Mapped[int]
    template: Mapped[str] = mapped_column(String(80))
    sha256: Mapped[str] = mapped_column(String(64))
    issued_on: Mapped[date]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by: Mapped[str] = mapped_column(String(64))
    context_sealed: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    pdf_sealed: Mapped[bytes] = deferred(mapped_column(LargeBinary))
