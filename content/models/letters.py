"""Question letters with their sections and groups."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from content.rules.archive.kinds import Channel, GroupRole
from content.rules.question_letters.blocks import BlockKind
from content.rules.question_letters.senders import SenderKind
from content.rules.question_letters.states import LetterState
from portal.core.db import Base


class Letter(Base):
    """A letter of questions; days to the answer are computed from the dates.

    ``filed``: it came to this organisation and is worked on here; else it is of the archive, a summary in both
    languages. A filed letter is as it was written: its texts stand in the ``_ja`` columns, whatever its ``language``,
    and the ``_en`` ones are empty; so is the title until reception opened it. ``sender_name`` is what the public reads,
    None where the sender wants no name shown. ``fiscal_year`` and ``sequence`` are its number in the register.
    ``wishes``: :class:`Wish`, how to answer.
    """

    __tablename__ = "content_letter"
    __table_args__ = (
        one_of("channel", Channel),
        one_of("state", LetterState),
        one_of("sender_kind", SenderKind),
        CheckConstraint("answered_on IS NULL OR answered_on >= sent_on", name="answered_after_sent"),
        CheckConstraint(
            "filed AND sender_key IS NULL AND addressee_key IS NULL"
            " OR NOT filed AND sender_key IS NOT NULL AND addressee_key IS NOT NULL",
            name="bodies_are_of_the_archive",
        ),
        CheckConstraint(
            "NOT filed OR received_on IS NOT NULL AND answer_due_on IS NOT NULL AND original_sha256 IS NOT NULL"
            " AND sequence IS NOT NULL",
            name="filed_has_its_days",
        ),
        CheckConstraint("NOT filed OR (state = 'answered') = (answered_on IS NOT NULL)", name="answered_has_day"),
        CheckConstraint("language IN ('ja', 'en')", name="language_is_known"),
        Index("ix_content_letter_number", "fiscal_year", "sequence", unique=True),
        Index("ix_content_letter_state_due", "state", "answer_due_on"),
    )

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    title_ja: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300))
    sender_key: Mapped[str | None] = mapped_column(ForeignKey("content_body.key"))
    addressee_key: Mapped[str | None] = mapped_column(ForeignKey("content_body.key"))
    sent_on: Mapped[date] = mapped_column(Date, index=True)
    asked_due_on: Mapped[date | None] = mapped_column(Date)
    answered_on: Mapped[date | None] = mapped_column(Date)
    channel: Mapped[str] = mapped_column(String(16))
    note_ja: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)

    filed: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    state: Mapped[str] = mapped_column(String(16), default=LetterState.ANSWERED, server_default=LetterState.ANSWERED)
    language: Mapped[str] = mapped_column(String(2), default="ja", server_default="ja")
    sender_kind: Mapped[str] = mapped_column(String(16), default=SenderKind.GROUP, server_default=SenderKind.GROUP)
    sender_name: Mapped[str | None] = mapped_column(String(300))
    received_on: Mapped[date | None] = mapped_column(Date)
    acknowledged_on: Mapped[date | None] = mapped_column(Date)
    answer_due_on: Mapped[date | None] = mapped_column(Date)
    wishes: Mapped[list[str]] = mapped_column(JSON, default=list, server_default=text("'[]'"))
    original_sha256: Mapped[str | None] = mapped_column(String(64))
    fiscal_year: Mapped[int | None] = mapped_column(Integer)
    sequence: Mapped[int | None] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")

    __mapper_args__: dict[str, Any] = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling


class LetterBlock(Base):
    """A part of a filed letter in its order, as the public reads it: everything that it says, headings and all.

    What must not be public is left out of ``text`` with a mark; the letter as it came is sealed (``intake.py``).
    """

    __tablename__ = "content_letter_block"
    __table_args__ = (one_of("kind", BlockKind),)

    letter_key: Mapped[str] = mapped_column(ForeignKey("content_letter.key"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    code: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(20))
    depth: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    first_line: Mapped[int] = mapped_column(Integer)
    last_line: Mapped[int] = mapped_column(Integer)


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
