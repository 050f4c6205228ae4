"""Putting a document that was handed out into the public reading room: proposed by one person, agreed to by another."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from disclosure.models.columns import EnumText, one_of
from portal.core.db import Base, UtcDateTime


class PublicationState(StrEnum):
    """How far it has come."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    DROPPED = "dropped"


STANDS = "state IN ('proposed', 'published')"


class Publication(Base):
    """One proposal for one record. What is to stand beside the document is sealed until it is agreed to.

    ``sha256`` is that of the bytes that were handed out; ``document_key`` the document's place in the reading room.
    """

    __tablename__ = "disclosure_publication"
    __table_args__ = (
        CheckConstraint(one_of("state", PublicationState), name="state_is_known"),
        CheckConstraint("state <> 'published' OR decided_by <> proposed_by", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name="decided_by_somebody"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decision_is_whole"),
        CheckConstraint("(state = 'published') = (document_key IS NOT NULL)", name="published_has_its_place"),
        Index(
            "uq_disclosure_publication_stands",
            "file_id",
            unique=True,
            sqlite_where=text(STANDS),
            postgresql_where=text(STANDS),
        ),
        Index("ix_disclosure_publication_case", "case_id", "proposed_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    file_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case_file.id"))
    state: Mapped[PublicationState] = mapped_column(EnumText(PublicationState))
    sha256: Mapped[str] = mapped_column(String(64))
    said_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    proposed_by: Mapped[str] = mapped_column(String(64))
    proposed_name: Mapped[str] = mapped_column(String(200))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(64))
    decided_name: Mapped[str] = mapped_column(String(200), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    document_key: Mapped[str | None] = mapped_column(String(80))
