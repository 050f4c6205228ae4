"""The register of issued letters, and what became of them. No personal data; rows are never changed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import triggers
from portal.core.db import Base, UtcDateTime


class Signed(StrEnum):
    """Whose signature a letter carries."""

    NONE = "none"
    SAMPLE = "sample"
    ORGANISATION = "organisation"


class Change(StrEnum):
    """How a letter ceased to be in force."""

    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class IssuedLetter(Base):
    """One issued letter. ``token`` is the secret part of the address in its QR code.

    ``sha256`` is of the file as issued; ``base_sha256`` and ``base_bytes`` are of its unsigned beginning, which can be
    made again from the letter's context (both equal for an unsigned letter). ``engine`` says what it was made with.
    """

    __tablename__ = "letters_register"
    __table_args__ = (
        UniqueConstraint("series", "fiscal_year", "sequence"),
        CheckConstraint("length(token) = 26", name="token_is_whole"),
        CheckConstraint("length(sha256) = 64", name="hash_is_sha256"),
        CheckConstraint("length(base_sha256) = 64", name="base_hash_is_sha256"),
        CheckConstraint("signed IN ('none', 'sample', 'organisation')", name="signed_is_known"),
        CheckConstraint("(signed = 'none') = (sha256 = base_sha256)", name="unsigned_is_its_base"),
        CheckConstraint("sequence > 0 AND base_bytes > 0 AND tree_index >= 0", name="counts_are_positive"),
        Index("ix_letters_register_number", "number"),
        Index("ix_letters_register_base", "base_sha256"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    token: Mapped[str] = mapped_column(String(26), unique=True)
    series: Mapped[str] = mapped_column(String(40))
    fiscal_year: Mapped[int]
    sequence: Mapped[int]
    number: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(40))
    issued_on: Mapped[date]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    base_sha256: Mapped[str] = mapped_column(String(64))
    base_bytes: Mapped[int]
    engine: Mapped[str] = mapped_column(String(200))
    signed: Mapped[str] = mapped_column(String(16))
    tree_index: Mapped[int] = mapped_column(unique=True)


class Standing(Base):
    """A letter that is no longer in force: since when, and which letter stands in its place. One row a letter."""

    __tablename__ = "letters_standing"
    __table_args__ = (
        CheckConstraint("change IN ('replaced', 'withdrawn')", name="change_is_known"),
        CheckConstraint("(change = 'replaced') = (replaced_by IS NOT NULL)", name="replaced_names_the_new"),
        CheckConstraint("replaced_by <> letter_id", name="not_by_itself"),
    )

    letter_id: Mapped[str] = mapped_column(ForeignKey("letters_register.id"), primary_key=True)
    change: Mapped[str] = mapped_column(String(16))
    replaced_by: Mapped[str | None] = mapped_column(ForeignKey("letters_register.id"), index=True)
    since: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    tree_index: Mapped[int] = mapped_column(unique=True)


triggers.register(
    triggers.AppendOnly(
        IssuedLetter.__tablename__, ("id", "token", "sha256", "tree_index", ("series", "fiscal_year", "sequence"))
    ),
    triggers.AppendOnly(Standing.__tablename__, ("letter_id", "tree_index")),
)
