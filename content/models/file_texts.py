"""What published files say, as they were read once for the search."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from content.models.words import one_of
from content.rules.file_reading import Reading
from portal.core.db import Base, UtcDateTime


class FileText(Base):
    """The parts of a published file (:data:`portal.core.file_texts.Parts`); none unless it was read.

    Only files of published bulletins have a row. It says nothing that the file does not, and stays with the file; the
    search stops telling it when the bulletin is withdrawn.
    """

    __tablename__ = "content_file_text"
    __table_args__ = (one_of("state", Reading),)

    sha256: Mapped[str] = mapped_column(ForeignKey("content_blob.sha256"), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    parts: Mapped[list[list[str]]] = deferred(mapped_column(JSON, nullable=False))
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
