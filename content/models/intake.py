"""What of a filed letter is not public: the letter as it came, who sent it, how to reach them. All of it sealed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from content.rules.question_letters.states import FileRole
from portal.core.db import Base, UtcDateTime


class Intake(Base):
    """Sealed under a key of the letter's own, which the office opens (``office_wrap``) and the sender by code.

    ``original``: the text as it came, code point for code point. ``contact``: JSON of name, person, address, mail and
    telephone. ``reading``: JSON of the title and the blocks that the text was read as. ``mail_confirmed_at``: when a
    code that was sent to the address came back.
    """

    __tablename__ = "content_letter_intake"

    letter_key: Mapped[str] = mapped_column(ForeignKey("content_letter.key"), primary_key=True)
    submission_key: Mapped[str] = mapped_column(String(64), unique=True)
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    publish_name: Mapped[bool] = mapped_column(Boolean)
    original: Mapped[bytes] = mapped_column(LargeBinary)
    contact: Mapped[bytes] = mapped_column(LargeBinary)
    reading: Mapped[bytes] = mapped_column(LargeBinary)
    office_wrap: Mapped[bytes] = mapped_column(LargeBinary)
    code_salt: Mapped[bytes] = mapped_column(LargeBinary)
    code_verifier: Mapped[bytes] = mapped_column(LargeBinary)
    code_wrap: Mapped[bytes] = mapped_column(LargeBinary)
    mail_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class IntakeFile(Base):
    """A file of a letter: the paper as it was scanned, the fax, an enclosure. Name and bytes are sealed."""

    __tablename__ = "content_letter_file"
    __table_args__ = (one_of("role", FileRole),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    letter_key: Mapped[str] = mapped_column(ForeignKey("content_letter.key"), index=True)
    role: Mapped[str] = mapped_column(String(16))
    name: Mapped[bytes] = mapped_column(LargeBinary)
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
