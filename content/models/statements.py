"""What others said, kept apart from the facts of the bulletins. Append-only."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from content.rules.archive.kinds import StatementKind
from portal.core.db import Base


class Statement(Base):
    """Its id is ``<incident>/said/<digest of its content>``, so the same words are stored once."""

    __tablename__ = "content_statement"
    __table_args__ = (one_of("kind", StatementKind),)

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    incident_key: Mapped[str] = mapped_column(ForeignKey("content_incident.key"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    by_key: Mapped[str] = mapped_column(ForeignKey("content_body.key"))
    kind: Mapped[str] = mapped_column(String(16))
    day: Mapped[date | None] = mapped_column(Date)
    period: Mapped[str | None] = mapped_column(String(40))
    text_ja: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
