"""How the requester wants the records disclosed, as said after the notice (開示の実施方法等の申出: 第87条第3項)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, String
from sqlalchemy import ForeignKey as Key
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import triggers
from portal.core.db import Base, UtcDateTime


class Wish(Base):
    """One choice of the method; the newest counts.

    ``records`` lists what is wanted otherwise than the case's own method says: ``file``, ``delivery``, ``format``. What
    was typed (parts, the wished day, postage, a good reason for being late) is sealed as JSON.
    """

    __tablename__ = "disclosure_wish"
    __table_args__ = (Index("ix_disclosure_wish_case", "case_id", "chosen_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(Key("disclosure_case.id"))
    records: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    late: Mapped[bool]
    said_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    chosen_kind: Mapped[str] = mapped_column(String(16))
    chosen_by: Mapped[str] = mapped_column(String(64))
    chosen_name: Mapped[str] = mapped_column(String(200), default="")


triggers.register(triggers.AppendOnly(Wish.__tablename__, ("id",)))
