"""The work on a filed letter: who answers which question, what happened when, and what its sender said afterwards."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from content.rules.question_letters.states import SenderWordKind, StepKind
from portal.core.db import Base, UtcDateTime


class Assignment(Base):
    """A question is the work of a department, until ``due_on``."""

    __tablename__ = "content_letter_assignment"

    question_id: Mapped[str] = mapped_column(ForeignKey("content_question.id"), primary_key=True)
    letter_key: Mapped[str] = mapped_column(ForeignKey("content_letter.key"), index=True)
    department_id: Mapped[str] = mapped_column(ForeignKey("staff_department.id"), index=True)
    due_on: Mapped[date | None] = mapped_column(Date)
    assigned_by: Mapped[str] = mapped_column(String(64))
    assigned_at: Mapped[datetime] = mapped_column(UtcDateTime)


class QuestionLink(Base):
    """A question refers to an incident, a system or an earlier question."""

    __tablename__ = "content_question_link"
    __table_args__ = (
        CheckConstraint(
            "CASE WHEN incident_key IS NULL THEN 0 ELSE 1 END + CASE WHEN system_key IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN earlier_id IS NULL THEN 0 ELSE 1 END = 1",
            name="one_of_three",
        ),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    question_id: Mapped[str] = mapped_column(ForeignKey("content_question.id"), index=True)
    incident_key: Mapped[str | None] = mapped_column(ForeignKey("content_incident.key"), index=True)
    system_key: Mapped[str | None] = mapped_column(ForeignKey("content_system.key"), index=True)
    earlier_id: Mapped[str | None] = mapped_column(ForeignKey("content_question.id"), index=True)


class LetterStep(Base):
    """What happened to a letter, for ever and for everybody to read; it names no person."""

    __tablename__ = "content_letter_step"
    __table_args__ = (one_of("kind", StepKind), UniqueConstraint("letter_key", "position"))

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    letter_key: Mapped[str] = mapped_column(ForeignKey("content_letter.key"))
    position: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(String(16))
    reply_number: Mapped[int | None] = mapped_column(Integer)
    day: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, default="")


class SenderWord(Base):
    """What the sender said of an answer, once a question and kind: asked back, or that it does not answer.

    What was said lies ``sealed`` under the letter's key; ``text`` is what of it is public, from ``released_at`` on,
    when it was read for what must not be.
    """

    __tablename__ = "content_sender_word"
    __table_args__ = (one_of("kind", SenderWordKind), UniqueConstraint("question_id", "kind"))

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    question_id: Mapped[str] = mapped_column(ForeignKey("content_question.id"))
    answer_id: Mapped[str] = mapped_column(ForeignKey("content_answer.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    sealed: Mapped[bytes] = mapped_column(LargeBinary, default=b"", server_default="")
    text: Mapped[str] = mapped_column(Text, default="")
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
