"""What was done or promised after an incident, and what was reported of it since."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from content.rules.archive.kinds import Effect, MeasureStatus
from portal.core.db import Base, UtcDateTime


class Measure(Base):
    """A measure as it stands today: its latest :class:`MeasureReport`, where there is one.

    ``cause_key``: the class of cause that it addresses; ``letter_key``: the letter that asked for it or promised it.
    """

    __tablename__ = "content_measure"
    __table_args__ = (one_of("status", MeasureStatus), one_of("effect", Effect))

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    incident_key: Mapped[str] = mapped_column(ForeignKey("content_incident.key"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    text_ja: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    owner_key: Mapped[str] = mapped_column(ForeignKey("content_body.key"))
    status: Mapped[str] = mapped_column(String(16), index=True)
    day: Mapped[date | None] = mapped_column(Date)
    period: Mapped[str | None] = mapped_column(String(40))
    cause_key: Mapped[str | None] = mapped_column(ForeignKey("content_cause.key"))
    letter_key: Mapped[str | None] = mapped_column(ForeignKey("content_letter.key"))
    due_on: Mapped[date | None] = mapped_column(Date, index=True)
    effect: Mapped[str] = mapped_column(String(16), default=Effect.UNKNOWN, server_default=Effect.UNKNOWN)
    evidence_ja: Mapped[str | None] = mapped_column(Text)
    evidence_en: Mapped[str | None] = mapped_column(Text)


class MeasureReport(Base):
    """What was published about a measure at a time: never changed; two people."""

    __tablename__ = "content_measure_report"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("id = measure_id || '/' || number", name="id_is_address"),
        CheckConstraint("written_by <> approved_by", name="two_people"),
        one_of("status", MeasureStatus),
        one_of("effect", Effect),
    )

    id: Mapped[str] = mapped_column(String(130), primary_key=True)
    measure_id: Mapped[str] = mapped_column(ForeignKey("content_measure.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(String(16))
    due_on: Mapped[date | None] = mapped_column(Date)
    effect: Mapped[str] = mapped_column(String(16))
    text_ja: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    evidence_ja: Mapped[str | None] = mapped_column(Text)
    evidence_en: Mapped[str | None] = mapped_column(Text)
    written_by: Mapped[str] = mapped_column(String(64))
    approved_by: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
