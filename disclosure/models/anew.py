"""What is decided anew after the ruling on an appeal: which case decides it, and how its requester opens it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, UtcDateTime


class Anew(Base):
    """The case that decides anew what a ruling asks for, once for each appeal.

    ``said_sealed`` is sealed under the key of the case that was appealed: the access code of the new one. So whoever
    opens the first can open the second, and either can be erased alone: without its wraps the code is void.
    """

    __tablename__ = "disclosure_case_anew"

    appeal_id: Mapped[str] = mapped_column(ForeignKey("disclosure_appeal.id"), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"), unique=True)
    said_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    begun_by: Mapped[str] = mapped_column(String(64))
    begun_name: Mapped[str] = mapped_column(String(200))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
