"""Source documents, and the places in them where something is stated."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from content.rules.archive.kinds import SourceKind
from content.rules.owners import Owner
from portal.core.db import Base


class Source(Base):
    """A document. ``period`` holds what is known of its day where the day is not."""

    __tablename__ = "content_source"
    __table_args__ = (one_of("kind", SourceKind),)

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    title_ja: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300))
    publisher_key: Mapped[str] = mapped_column(ForeignKey("content_body.key"))
    kind: Mapped[str] = mapped_column(String(24))
    day: Mapped[date | None] = mapped_column(Date)
    period: Mapped[str | None] = mapped_column(String(40))
    note_ja: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int] = mapped_column(Integer)


class Citation(Base):
    """``subject`` (a row's id) of a thing (``owner``, ``owner_key``) is stated in a source at ``place``.

    For what may change: incidents themselves, measures, relations, systems, letters, figures. What a bulletin or a
    statement cites is published with it and stands in :class:`content.models.bulletins.PublishedCitation`.
    """

    __tablename__ = "content_citation"
    __table_args__ = (one_of("owner", Owner), Index("ix_content_citation_owner_owner_key", "owner", "owner_key"))

    id: Mapped[str] = mapped_column(String(240), primary_key=True)
    owner: Mapped[str] = mapped_column(String(16))
    owner_key: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(Integer)
    source_key: Mapped[str] = mapped_column(ForeignKey("content_source.key"), index=True)
    place: Mapped[str] = mapped_column(String(200))
