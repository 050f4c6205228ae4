"""Sealed files of a case: identity documents, answers to corrections, the records found."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from disclosure.models.columns import EnumText, one_of
from disclosure.rules.kinds import FileKind
from portal.core.db import Base, UtcDateTime


class CaseFile(Base):
    """One file, cleaned on the way in. ``position`` orders the files of a kind; ``sealed`` loads on demand."""

    __tablename__ = "disclosure_case_file"
    __table_args__ = (
        CheckConstraint(one_of("kind", FileKind), name="kind_is_known"),
        CheckConstraint("size > 0 AND pages > 0 AND position > 0", name="counts_are_positive"),
        Index("ix_disclosure_case_file_case_kind", "case_id", "kind", "position"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    kind: Mapped[FileKind] = mapped_column(EnumText(FileKind))
    position: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    pages: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = deferred(mapped_column(LargeBinary))
