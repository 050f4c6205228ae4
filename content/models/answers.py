"""The answers to a letter; each answers one question or several (n:m)."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from content.rules.archive.kinds import AnswerType, WithheldGround
from portal.core.db import Base


class Answer(Base):
    """One answer; its id is ``<letter>/<code>``. ``re_answer_due``: when the rest was promised.

    ``reply_id``: the letter that gave it, ``follows``: the earlier answer that it goes on with; both of filed letters
    only, whose text stands in ``text_ja`` whatever its language.
    """

    __tablename__ = "content_answer"
    __table_args__ = (one_of("withheld_ground", WithheldGround),)

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    letter_key: Mapped[str] = mapped_column(ForeignKey("content_letter.key"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    code: Mapped[str] = mapped_column(String(20))
    text_ja: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    withheld_ground: Mapped[str | None] = mapped_column(String(32))
    re_answer_due: Mapped[date | None] = mapped_column(Date, index=True)
    reply_id: Mapped[str | None] = mapped_column(ForeignKey("content_reply.id"), index=True)
    follows: Mapped[str | None] = mapped_column(ForeignKey("content_answer.id"), index=True)


class AnswerTypeOf(Base):
    """How an answer answers; the first type is the main one."""

    __tablename__ = "content_answer_type"
    __table_args__ = (one_of("type", AnswerType),)

    answer_id: Mapped[str] = mapped_column(ForeignKey("content_answer.id"), primary_key=True)
    type: Mapped[str] = mapped_column(String(4), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(Integer)


class AnswerQuestion(Base):
    """An answer answers a question."""

    __tablename__ = "content_answer_question"

    answer_id: Mapped[str] = mapped_column(ForeignKey("content_answer.id"), primary_key=True)
    question_id: Mapped[str] = mapped_column(ForeignKey("content_question.id"), primary_key=True, index=True)


class AnswerLink(Base):
    """What an answer points at: an incident, a system, a figure, a letter of this record, or an address."""

    __tablename__ = "content_answer_link"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    answer_id: Mapped[str] = mapped_column(ForeignKey("content_answer.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    incident_key: Mapped[str | None] = mapped_column(ForeignKey("content_incident.key"), index=True)
    system_key: Mapped[str | None] = mapped_column(ForeignKey("content_system.key"))
    figure_key: Mapped[str | None] = mapped_column(ForeignKey("content_figure.key"))
    letter_key: Mapped[str | None] = mapped_column(ForeignKey("content_letter.key"))
    url: Mapped[str | None] = mapped_column(Text)
