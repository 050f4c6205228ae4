"""The reading room (公文書閲覧): documents that were disclosed to somebody and are open to everybody since.

A row says nothing of whoever asked. It never changes; a document that is taken back keeps its row, and loses its file.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from portal.core.db import Base, UtcDateTime


class ReadingDocument(Base):
    """One document as it was disclosed. ``key`` is its address; ``request_number`` that of the request, no secret.

    ``withheld`` lists what is not shown, each with ``part``, ``article``, ``label_ja``, ``label_en`` of its ground;
    empty where all is. ``sha256``, ``size`` and ``pages`` are those of the file that was handed out.
    """

    __tablename__ = "content_reading"
    __table_args__ = (
        CheckConstraint("written_by <> approved_by", name="two_people"),
        CheckConstraint("size > 0 AND pages > 0", name="counts_are_positive"),
    )

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    request_number: Mapped[str] = mapped_column(String(32), index=True)
    title_ja: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300))
    description_ja: Mapped[str] = mapped_column(Text)
    description_en: Mapped[str] = mapped_column(Text)
    law_ja: Mapped[str] = mapped_column(String(200))
    law_en: Mapped[str] = mapped_column(String(200))
    withheld: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    disclosed_on: Mapped[date]
    published_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    media_type: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(Integer)
    pages: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64))
    written_by: Mapped[str] = mapped_column(String(64))
    approved_by: Mapped[str] = mapped_column(String(64))


class ReadingFile(Base):
    """The bytes as they were handed out, and the text that they hold; destroyed when the document is taken back."""

    __tablename__ = "content_reading_file"

    document_key: Mapped[str] = mapped_column(ForeignKey("content_reading.key"), primary_key=True)
    data: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    text: Mapped[str] = deferred(mapped_column(Text, nullable=False))


class ReadingWithdrawal(Base):
    """A document that is no longer shown: its place, the reason and the day stay. One person can do it, at once."""

    __tablename__ = "content_reading_withdrawal"

    document_key: Mapped[str] = mapped_column(ForeignKey("content_reading.key"), primary_key=True)
    reason_ja: Mapped[str] = mapped_column(Text)
    reason_en: Mapped[str] = mapped_column(Text)
    withdrawn_by: Mapped[str] = mapped_column(String(64))
    withdrawn_at: Mapped[datetime] = mapped_column(UtcDateTime)
