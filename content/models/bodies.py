"""Organisations and offices that the record names; never a private person."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from content.rules.archive.kinds import BodyKind
from portal.core.db import Base


class Body(Base):
    """``code`` is the 6-digit local-government code of a municipality or prefecture."""

    __tablename__ = "content_body"
    __table_args__ = (one_of("kind", BodyKind),)

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    name_ja: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(24))
    code: Mapped[str | None] = mapped_column(String(6), index=True)
