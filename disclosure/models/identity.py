"""That a document was checked: which kind, until when valid or when made, by whom, when; never its number."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from disclosure.models.columns import EnumText, one_of
from disclosure.rules.identity import Shows
from portal.core.db import Base, UtcDateTime


class IdentityCheck(Base):
    """One document that an officer compared with the request.

    ``shows``: who is asking, or that they may act for the person concerned; ``document`` is then a kind of proof.
    ``original``: the officer saw the paper itself and not a copy.
    """

    __tablename__ = "disclosure_identity_check"
    __table_args__ = (
        CheckConstraint(one_of("shows", Shows), name="shows_is_known"),
        Index("ix_disclosure_identity_check_case", "case_id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    document: Mapped[str] = mapped_column(String(40))
    shows: Mapped[Shows] = mapped_column(EnumText(Shows), default=Shows.REQUESTER, server_default="requester")
    expires_on: Mapped[date | None]
    issued_on: Mapped[date | None]
    original: Mapped[bool] = mapped_column(default=False, server_default=false())
    name_agrees: Mapped[bool]
    address_agrees: Mapped[bool]
    checked_by: Mapped[str] = mapped_column(String(64))
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)
