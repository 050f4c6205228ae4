"""Bulletins (第n報) with their facts. What stands here is published and never changes: triggers refuse it.

Texts in the making are drafts (:mod:`content.models.drafts`); publishing copies them here. Ids are the addresses:
``<incident>/<n>`` and ``<incident>/<n>/<position>``.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from content.rules.archive.kinds import CauseStatus, Certainty, FactField, IncidentState, Markup, ServiceStatus, Unit
from portal.core.db import Base, UtcDateTime


class Bulletin(Base):
    """One published bulletin. ``content_hash``: SHA-256 of its canonical JSON, facts and sources included.

    ``state``, ``cause_key`` and ``cause_status`` are what it said of the incident, where it said anything.
    A correction names its reason and the day on which the error was noticed. ``what_changed_*``: what is new since the
    bulletin before, in a sentence. ``reading`` is :class:`content.rules.writing.WrittenIncident` as JSON: the incident
    as a whole from this bulletin on; the archive's bulletins have none. ``emergency_reason``: why one person published
    it alone; the approval follows as an :class:`Approval`.
    """

    __tablename__ = "content_bulletin"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("id = incident_key || '/' || number", name="id_is_address"),
        CheckConstraint("written_by IS NULL OR written_by <> approved_by", name="two_people"),
        CheckConstraint(
            "written_by IS NOT NULL AND (approved_by IS NULL) = (emergency_reason IS NOT NULL)"
            " OR written_by IS NULL AND approved_by IS NULL AND emergency_reason IS NULL",
            name="approved_if_written",
        ),
        CheckConstraint("NOT correction OR reason_ja IS NOT NULL", name="correction_has_reason"),
        one_of("state", IncidentState),
        one_of("cause_status", CauseStatus),
        one_of("markup", Markup),
        Index("ix_content_bulletin_published_at_id", "published_at", "id"),
        Index("ix_content_bulletin_incident_key_published_at_id", "incident_key", "published_at", "id"),
    )

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    incident_key: Mapped[str] = mapped_column(ForeignKey("content_incident.key"))
    number: Mapped[int] = mapped_column(Integer)
    day: Mapped[date | None] = mapped_column(Date, index=True)
    period: Mapped[str | None] = mapped_column(String(40))
    final: Mapped[bool] = mapped_column(Boolean)
    correction: Mapped[bool] = mapped_column(Boolean)
    reconstructed: Mapped[bool] = mapped_column(Boolean)
    publisher_key: Mapped[str] = mapped_column(ForeignKey("content_body.key"))
    title_ja: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300))
    body_ja: Mapped[str] = mapped_column(Text)
    body_en: Mapped[str] = mapped_column(Text)
    reason_ja: Mapped[str | None] = mapped_column(Text)
    reason_en: Mapped[str | None] = mapped_column(Text)
    noticed_on: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str | None] = mapped_column(String(16))
    cause_key: Mapped[str | None] = mapped_column(ForeignKey("content_cause.key"))
    cause_status: Mapped[str | None] = mapped_column(String(24))
    markup: Mapped[str] = mapped_column(String(12), default=Markup.PLAIN, server_default=Markup.PLAIN)
    what_changed_ja: Mapped[str | None] = mapped_column(Text)
    what_changed_en: Mapped[str | None] = mapped_column(Text)
    next_update_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reading: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    emergency_reason: Mapped[str | None] = mapped_column(Text)
    written_by: Mapped[str | None] = mapped_column(String(64))
    approved_by: Mapped[str | None] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content_hash: Mapped[str] = mapped_column(String(64))


class Fact(Base):
    """One statement of a bulletin: a number with its unit, a day, an instant, words, or a value with words.

    Where the instant (``at``) is known, ``day`` is its day in Japan.

    ``corrects`` is the id of the earlier fact of the same incident that this one replaces because it was wrong.
    """

    __tablename__ = "content_fact"
    __table_args__ = (
        CheckConstraint("id = bulletin_id || '/' || position", name="id_is_address"),
        CheckConstraint("(number IS NULL) = (unit IS NULL)", name="number_has_unit"),
        CheckConstraint("number IS NOT NULL OR day IS NOT NULL OR text_ja IS NOT NULL", name="says_something"),
        CheckConstraint("at IS NULL OR day IS NOT NULL", name="instant_has_day"),
        one_of("field", FactField),
        one_of("certainty", Certainty),
        one_of("unit", Unit),
    )

    id: Mapped[str] = mapped_column(String(110), primary_key=True)
    bulletin_id: Mapped[str] = mapped_column(ForeignKey("content_bulletin.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    field: Mapped[str] = mapped_column(String(32))
    number: Mapped[float | None] = mapped_column(Float(53))
    unit: Mapped[str | None] = mapped_column(String(24))
    day: Mapped[date | None] = mapped_column(Date)
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    text_ja: Mapped[str | None] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    certainty: Mapped[str] = mapped_column(String(16))
    area: Mapped[str] = mapped_column(String(6))
    corrects: Mapped[str | None] = mapped_column(ForeignKey("content_fact.id"))


class PublishedCitation(Base):
    """``subject`` (the id of a bulletin, fact or statement) is stated in a source at ``place``."""

    __tablename__ = "content_published_citation"

    id: Mapped[str] = mapped_column(String(160), primary_key=True)
    incident_key: Mapped[str] = mapped_column(ForeignKey("content_incident.key"), index=True)
    subject: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(Integer)
    source_key: Mapped[str] = mapped_column(ForeignKey("content_source.key"), index=True)
    place: Mapped[str] = mapped_column(String(200))


class StatedStatus(Base):
    """How a system, or one component of it, works in an area from ``since_at`` on, as a bulletin states it."""

    __tablename__ = "content_stated_status"
    __table_args__ = (
        CheckConstraint("id = bulletin_id || '/status/' || position", name="id_is_address"),
        one_of("status", ServiceStatus),
    )

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    bulletin_id: Mapped[str] = mapped_column(ForeignKey("content_bulletin.id"), index=True)
    incident_key: Mapped[str] = mapped_column(ForeignKey("content_incident.key"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    system_key: Mapped[str] = mapped_column(ForeignKey("content_system.key"), index=True)
    component_key: Mapped[str | None] = mapped_column(ForeignKey("content_component.key"))
    area: Mapped[str] = mapped_column(String(6))
    status: Mapped[str] = mapped_column(String(16))
    since_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Attachment(Base):
    """A file that a bulletin carries; its bytes are the :class:`Blob` of the same ``sha256``."""

    __tablename__ = "content_attachment"
    __table_args__ = (CheckConstraint("id = bulletin_id || '/file/' || position", name="id_is_address"),)

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    bulletin_id: Mapped[str] = mapped_column(ForeignKey("content_bulletin.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(200))
    title_ja: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(ForeignKey("content_blob.sha256"), index=True)


class Blob(Base):
    """Bytes by their SHA-256: the same file is stored once. Files of dropped drafts are swept."""

    __tablename__ = "content_blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Approval(Base):
    """The second person's approval of a bulletin that went out in an emergency."""

    __tablename__ = "content_approval"

    bulletin_id: Mapped[str] = mapped_column(ForeignKey("content_bulletin.id"), primary_key=True)
    approved_by: Mapped[str] = mapped_column(String(64))
    approved_by_name: Mapped[str] = mapped_column(String(200))
    approved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Withdrawal(Base):
    """A bulletin that is no longer shown: its place, the reason and the day stay."""

    __tablename__ = "content_withdrawal"
    __table_args__ = (CheckConstraint("asked_by <> approved_by", name="two_people"),)

    bulletin_id: Mapped[str] = mapped_column(ForeignKey("content_bulletin.id"), primary_key=True)
    incident_key: Mapped[str] = mapped_column(ForeignKey("content_incident.key"), index=True)
    reason_ja: Mapped[str] = mapped_column(Text)
    reason_en: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[str] = mapped_column(String(64))
    approved_by: Mapped[str] = mapped_column(String(64))
    withdrawn_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
