"""The public figures of requests as they stand on a day: counted once by the worker, read by every page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, UtcDateTime


class PublishedFigures(Base):
    """The figures of one day under one profile, as plain values with small numbers hidden already."""

    __tablename__ = "disclosure_published_figures"

    day: Mapped[date] = mapped_column(primary_key=True)
    profile: Mapped[str] = mapped_column(String(32), primary_key=True)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime)
