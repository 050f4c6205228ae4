"""Issued letters, and the ledger of numbers: per series and fiscal year, without gaps that nobody explained."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from portal.core.db import Base, UtcDateTime


class Series(Base):
    """A run of numbers in one fiscal year; its row is locked by whoever takes the next one."""

    __tablename__ = "disclosure_series"

    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class LetterNumber(Base):
    """One number of a series: it belongs to a letter, or it is void and says why."""

    __tablename__ = "disclosure_letter_number"
    __table_args__ = (
        CheckConstraint("(letter_id IS NOT NULL) <> (void_reason IS NOT NULL)", name="used_or_void"),
        CheckConstraint("sequence > 0", name="starts_at_one"),
    )

    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    letter_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_letter.id"), unique=True)
    void_reason: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Letter(Base):
    """A letter as it was issued: the context it was made from and the PDF, both sealed under the case's key."""

    __tablename__ = "disclosure_letter"
    __table_args__ = (Index("ix_disclosure_letter_case", "case_id", "issued_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    decision_id: Mapped[str] = mapped_column(ForeignKey("disclosure_decision.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(8))
    number: Mapped[str] = mapped_column(String(80))
    fiscal_year: Mapped[int]
    template: Mapped[str] = mapped_column(String(80))
    sha256: Mapped[str] = mapped_column(String(64))
    issued_on: Mapped[date]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by: Mapped[str] = mapped_column(String(64))
    context_sealed: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    pdf_sealed: Mapped[bytes] = deferred(mapped_column(LargeBinary))
