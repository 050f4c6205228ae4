"""What was done or promised after an incident."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from content.rules.archive.kinds import MeasureStatus
from portal.core.db import Base


class Measure(Base):
    """A measure. Its status may change: a promise is kept."""

    __tablename__ = "content_measure"
    __table_args__ = (one_of("status", MeasureStatus),)

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    incident_key: Mapped[str] = mapped_column(ForeignKey("content_incident.key"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    text_ja: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    owner_key: Mapped[str] = mapped_column(ForeignKey("content_body.key"))
    status: Mapped[str] = mapped_column(String(16), index=True)
    day: Mapped[date | None] = mapped_column(Date)
    period: Mapped[str | None] = mapped_column(String(40))
