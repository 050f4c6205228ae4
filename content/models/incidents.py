"""Incidents: today's reading of what their bulletins said. Every row here is public."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from content.rules.archive.kinds import CauseStatus, IncidentKind, IncidentState
from portal.core.db import Base, UtcDateTime


class Incident(Base):
    """Changes only together with a bulletin; ``last_number`` is the number of the latest one.

    ``sort_on`` orders lists: the first day known of it, of its occurrence or of its first bulletin. ``planned_*`` are
    the times announced for maintenance. ``next_update_at``: when its operator promised to speak again.
    ``withdrawn``: no bulletin of it is shown any more.
    """

    __tablename__ = "content_incident"
    __table_args__ = (
        one_of("state", IncidentState),
        one_of("kind", IncidentKind),
        one_of("cause_status", CauseStatus),
        CheckConstraint("last_number >= 1", name="has_a_bulletin"),
        CheckConstraint("occurred_on IS NOT NULL OR occurred_text_ja IS NOT NULL", name="says_when"),
        CheckConstraint(
            "kind = 'incident' OR planned_from IS NOT NULL AND planned_until > planned_from", name="planned"
        ),
        Index("ix_content_incident_sort_on_key", "sort_on", "key"),
    )

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), default=IncidentKind.INCIDENT, server_default=IncidentKind.INCIDENT)
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
    planned_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    planned_until: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    withdrawn: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    next_update_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    sort_on: Mapped[date] = mapped_column(Date, index=True)
    last_number: Mapped[int] = mapped_column(Integer)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


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


class IncidentTimes(Base):
    """When things happened and were said: the disclosure clock of an incident, computed from its bulletins.

    Each instant may be known to the minute or only as a day (``*_exact`` False: noon of that day in Japan).
    """

    __tablename__ = "content_incident_times"

    incident_key: Mapped[str] = mapped_column(ForeignKey("content_incident.key"), primary_key=True)
    occurred_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    occurred_exact: Mapped[bool] = mapped_column(Boolean)
    detected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    detected_exact: Mapped[bool] = mapped_column(Boolean)
    first_notice_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_notice_exact: Mapped[bool] = mapped_column(Boolean)
    recovered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recovered_exact: Mapped[bool] = mapped_column(Boolean)
    cause_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cause_exact: Mapped[bool] = mapped_column(Boolean)
    final_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    final_exact: Mapped[bool] = mapped_column(Boolean)
    longest_silence_minutes: Mapped[int | None] = mapped_column(Integer)
