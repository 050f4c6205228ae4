"""Question letters with their sections and groups."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from content.rules.archive.kinds import Channel, GroupRole
from portal.core.db import Base


class Letter(Base):
    """A letter of questions; days to the answer are computed from the dates."""

    __tablename__ = "content_letter"
    __table_args__ = (
        one_of("channel", Channel),
        CheckConstraint("answered_on IS NULL OR answered_on >= sent_on", name="answered_after_sent"),
    )

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    title_ja: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300))
    sender_key: Mapped[str] = mapped_column(ForeignKey("content_body.key"))
    addressee_key: Mapped[str] = mapped_column(ForeignKey("content_body.key"))
    sent_on: Mapped[date] = mapped_column(Date, index=True)
    asked_due_on: Mapped[date | None] = mapped_column(Date)
    answered_on: Mapped[date | None] = mapped_column(Date)
    channel: Mapped[str] = mapped_column(String(16))
    note_ja: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)


class Section(Base):
    """[1], [2] … of a letter; its id is ``<letter>/<number>``."""

    __tablename__ = "content_letter_section"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    letter_key: Mapped[str] = mapped_column(ForeignKey("content_letter.key"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    label: Mapped[str] = mapped_column(String(20))
    title_ja: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300))


class Group(Base):
    """(1), (2) … within a section. Numbers repeat, first for facts, then for questions: the id has the role too."""

    __tablename__ = "content_letter_group"
    __table_args__ = (one_of("role", GroupRole),)

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    letter_key: Mapped[str] = mapped_column(ForeignKey("content_letter.key"), index=True)
    section_id: Mapped[str] = mapped_column(ForeignKey("content_letter_section.id"))
    number: Mapped[int] = mapped_column(Integer)
    role: Mapped[str] = mapped_column(String(16))
    label: Mapped[str] = mapped_column(String(20))
    title_ja: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str] = mapped_column(Text)


class GroupIncident(Base):
    """A group of questions or facts is about an incident."""

    __tablename__ = "content_letter_group_incident"

    group_id: Mapped[str] = mapped_column(ForeignKey("content_letter_group.id"), primary_key=True)
    incident_key: Mapped[str] = mapped_column(ForeignKey("content_incident.key"), primary_key=True, index=True)
