"""That an identity document was checked: which kind, until when valid, by whom, when; never its number."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, UtcDateTime


class IdentityCheck(Base):
    """One document that an officer compared with the request."""

    __tablename__ = "disclosure_identity_check"
    __table_args__ = (Index("ix_disclosure_identity_check_case", "case_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    document: Mapped[str] = mapped_column(String(40))
    expires_on: Mapped[date | None]
    name_agrees: Mapped[bool]
    address_agrees: Mapped[bool]
    checked_by: Mapped[str] = mapped_column(String(64))
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)
