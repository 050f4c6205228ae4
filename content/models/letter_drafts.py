"""Question letters that are being written and were not sent yet: sealed, kept from the first keystroke, for a time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, UtcDateTime


class LetterDraft(Base):
    """Sealed under a code that only its writer holds: nobody else reads what was not sent, the office neither.

    ``code_blind`` finds it by that code. ``staff_id``: who enters it at reception. After ``ends_at`` it is erased.
    """

    __tablename__ = "content_letter_draft"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    code_blind: Mapped[str] = mapped_column(String(64), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    staff_id: Mapped[str | None] = mapped_column(String(64), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class LetterDraftFile(Base):
    """A file of such a letter, sealed under the same code."""

    __tablename__ = "content_letter_draft_file"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("content_letter_draft.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class MailCode(Base):
    """A code on its way to an address that it is to confirm, sealed for the office, which sends the mail.

    ``address_blind`` counts how often an address was written to.
    """

    __tablename__ = "content_mail_code"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    address_blind: Mapped[str] = mapped_column(String(64), index=True)
    key_wrap: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    language: Mapped[str] = mapped_column(String(2))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
