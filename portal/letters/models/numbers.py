"""The ledger of numbers: per series and fiscal year, without gaps that nobody explained."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import triggers
from portal.core.db import Base, UtcDateTime


class Series(Base):
    """A run of numbers in one fiscal year; its row is locked by whoever takes the next one."""

    __tablename__ = "letters_series"

    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class LetterNumber(Base):
    """One number of a series: it belongs to a letter, or it is void and says why. Never changed."""

    __tablename__ = "letters_number"
    __table_args__ = (
        CheckConstraint("(letter_id IS NOT NULL) <> (void_reason IS NOT NULL)", name="used_or_void"),
        CheckConstraint("sequence > 0", name="starts_at_one"),
    )

    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    letter_id: Mapped[str | None] = mapped_column(ForeignKey("letters_register.id"), unique=True)
    void_reason: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


triggers.register(triggers.AppendOnly(LetterNumber.__tablename__, (("series", "fiscal_year", "sequence"), "letter_id")))
