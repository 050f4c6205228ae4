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
    """What a revision changed: a thing's search key (``incident/<key>``), or ``*`` where any page may be another one.

    Only the latest revisions are kept (:mod:`content.operations.public_change`).
    """

    __tablename__ = "content_public_change"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
