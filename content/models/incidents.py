"""Incidents: today's reading of what their bulletins said. Every row here is public."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from content.rules.archive.kinds import CauseStatus, IncidentState
from portal.core.db import Base, UtcDateTime


class Incident(Base):
    """Changes only together with a bulletin; ``last_number`` is the number of the latest one.

    ``sort_on`` orders lists: the first day known of it, of its occurrence or of its first bulletin.
    """

    __tablename__ = "content_incident"
    __table_args__ = (
        one_of("state", IncidentState),
        one_of("cause_status", CauseStatus),
        CheckConstraint("last_number >= 1", name="has_a_bulletin"),
        CheckConstraint("occurred_on IS NOT NULL OR occurred_text_ja IS NOT NULL", name="says_when"),
    )

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    title_ja: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(16), index=True)
    severity: Mapped[int] = mapped_column(ForeignKey("content_severity.level"))
    cause_key: Mapped[str] = mapped_column(ForeignKey("content_cause.key"), index=True)
    cause_status: Mapped[str] = mapped_column(String(24))
    occurred_on: Mapped[date | None] = mapped_column(Date)
    occurred_until: Mapped[date | None] = mapped_column(Date)
    occurred_text_ja: Mapped[str | None] = mapped_column(Text)
    occurred_text_en: Mapped[str | None] = mapped_column(Text)
    exercise: Mapped[bool] = mapped_column(Boolean)
    sort_on: Mapped[date] = mapped_column(Date, index=True)
    last_number: Mapped[int] = mapped_column(Integer)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class IncidentSystem(Base):
    """A system that an incident touched."""

    __tablename__ = "content_incident_system"

    incident_key: Mapped[str] = mapped_column(ForeignKey("content_incident.key"), primary_key=True)
    system_key: Mapped[str] = mapped_column(ForeignKey("content_system.key"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(Integer)


class IncidentArea(Base):
    """Where: JP, a 2-digit prefecture or a 6-digit municipality."""

    __tablename__ = "content_incident_area"

    incident_key: Mapped[str] = mapped_column(ForeignKey("content_incident.key"), primary_key=True)
    area: Mapped[str] = mapped_column(String(6), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(Integer)
