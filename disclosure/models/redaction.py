"""What of a record is covered and why, and the copy without it that is handed out in the record's place."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from portal.core.db import Base, UtcDateTime


class RedactionBox(Base):
    """One box on a page, in ten-thousandths of its width and height, with the ground on which it covers.

    A box is never moved: the old one is taken away, by somebody and at a time, and another one stands there.
    """

    __tablename__ = "disclosure_redaction_box"
    __table_args__ = (
        CheckConstraint(
            "page > 0 AND x >= 0 AND y >= 0 AND w > 0 AND h > 0 AND x + w <= 10000 AND y + h <= 10000",
            name="lies_on_its_page",
        ),
        CheckConstraint("(removed_at IS NULL) = (removed_by IS NULL)", name="removal_is_whole"),
        Index("ix_disclosure_redaction_box_file", "file_id", "page"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"), index=True)
    file_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case_file.id"))
    page: Mapped[int]
    x: Mapped[int]
    y: Mapped[int]
    w: Mapped[int]
    h: Mapped[int]
    ground: Mapped[str] = mapped_column(String(16))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by: Mapped[str] = mapped_column(String(64))
    added_name: Mapped[str] = mapped_column(String(200))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_by: Mapped[str | None] = mapped_column(String(64))
    removed_name: Mapped[str] = mapped_column(String(200), default="")


class RedactedCopy(Base):
    """The copy of one record, sealed under the case's key. It is there only while the boxes are those it was made from.

    ``boxes_sha256`` is the fingerprint of these boxes, ``original_sha256`` that of the record.
    """

    __tablename__ = "disclosure_redacted_copy"
    __table_args__ = (CheckConstraint("size > 0 AND pages > 0", name="counts_are_positive"),)

    file_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case_file.id"), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"), index=True)
    media_type: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    pages: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    original_sha256: Mapped[str] = mapped_column(String(64))
    boxes_sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(64))
    made_name: Mapped[str] = mapped_column(String(200))
    sealed: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
