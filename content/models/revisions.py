"""How often the public record has changed: pages made from one revision are the same."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, UtcDateTime


class Revision(Base):
    """One row; ``number`` grows by one with each transaction that changes what is public."""

    __tablename__ = "content_revision"
    __table_args__ = (CheckConstraint("id = 1", name="is_single"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PublicChange(Base):
    """Which revision last changed a thing, by its search key (``incident/<key>``); ``*``: any page may be another one.

    Pages of a thing depend on the later of its own number and that of ``*``.
    """

    __tablename__ = "content_public_change"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, index=True)
