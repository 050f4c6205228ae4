"""A request decided in two parts (第84条): which case decides the rest, and what the requester's page says of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, UtcDateTime


class Split(Base):
    """The rest of one request, separated once into a case of its own.

    ``said_sealed`` is sealed under the origin's key: which part each case decides, and the access code of the rest.
    So whoever opens the origin can open the rest, and the rest can be erased alone: without its wraps the code is void.
    """

    __tablename__ = "disclosure_case_split"
    __table_args__ = (CheckConstraint("rest_id <> origin_id", name="rest_is_another"),)

    origin_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"), primary_key=True)
    rest_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"), unique=True)
    said_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    split_by: Mapped[str] = mapped_column(String(64))
    split_name: Mapped[str] = mapped_column(String(200))
    split_at: Mapped[datetime] = mapped_column(UtcDateTime)
