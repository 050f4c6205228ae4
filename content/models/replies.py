"""Letters that answer a filed letter: in the making, with their answers, and issued."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from content.rules.archive.kinds import WithheldGround
from content.rules.question_letters.states import ReplyKind, ReplyState
from portal.core.db import Base, UtcDateTime

ISSUED = "issued_on IS NOT NULL AND register_id IS NOT NULL AND pdf IS NOT NULL AND context IS NOT NULL"


class Reply(Base):
    """One letter that goes out; ``number`` counts those of a letter from 1. Three people write, check and approve it.

    Nothing in it is personal: it is addressed to the name that the sender agreed to publish, or to "the sender of" the
    letter's number. ``writers`` are the ids of all who changed it. ``promised_on``: until when an interim one promises
    the answer. ``unanswered``: why a question stays without an answer, by its id; it is published. ``register_id`` is
    its row in the register of letters; ``context`` makes ``pdf`` again.
    """

    __tablename__ = "content_reply"
    __table_args__ = (
        one_of("kind", ReplyKind),
        one_of("state", ReplyState),
        UniqueConstraint("letter_key", "number"),
        CheckConstraint(f"(state = 'issued') = ({ISSUED})", name="issued_is_whole"),
        CheckConstraint("approved_by IS NULL OR approved_by <> checked_by", name="two_look_at_it"),
        CheckConstraint("state NOT IN ('approved', 'issued') OR approved_by IS NOT NULL", name="approved_by_somebody"),
        CheckConstraint(
            "state NOT IN ('approval', 'approved', 'issued') OR checked_by IS NOT NULL", name="checked_by_somebody"
        ),
        CheckConstraint("kind <> 'interim' OR state <> 'issued' OR promised_on IS NOT NULL", name="interim_promises"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    letter_key: Mapped[str] = mapped_column(ForeignKey("content_letter.key"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), index=True)
    preface: Mapped[str] = mapped_column(Text, default="")
    promised_on: Mapped[date | None] = mapped_column(Date)
    writers: Mapped[list[str]] = mapped_column(JSON, default=list, server_default=sql_text("'[]'"))
    unanswered: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default=sql_text("'{}'"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    returned_because: Mapped[str] = mapped_column(Text, default="")
    checked_by: Mapped[str | None] = mapped_column(String(64))
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by: Mapped[str | None] = mapped_column(String(64))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    issued_on: Mapped[date | None] = mapped_column(Date)
    register_id: Mapped[str | None] = mapped_column(String(36), unique=True)
    letter_number: Mapped[str | None] = mapped_column(String(80))
    template: Mapped[str | None] = mapped_column(String(80))
    context: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__: dict[str, Any] = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling


class DraftAnswer(Base):
    """An answer in the making. ``questions`` are ids of questions; ``quoted`` how it quotes one otherwise, by id.

    ``links``: what it points at, each ``{"kind": incident|system|figure|letter|url, "key": …}``. ``department_id`` is
    whose work it is. ``follows``: the answer that put this off, or was asked back about. ``seen``: the warnings that
    its writer has seen and lets stand, as :mod:`content.rules.question_letters.replies` names them.
    """

    __tablename__ = "content_draft_answer"
    __table_args__ = (one_of("withheld_ground", WithheldGround),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    reply_id: Mapped[str] = mapped_column(ForeignKey("content_reply.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    questions: Mapped[list[str]] = mapped_column(JSON)
    quoted: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default=sql_text("'{}'"))
    text: Mapped[str] = mapped_column(Text, default="")
    types: Mapped[list[str]] = mapped_column(JSON, default=list, server_default=sql_text("'[]'"))
    withheld_ground: Mapped[str | None] = mapped_column(String(32))
    re_answer_due: Mapped[date | None] = mapped_column(Date)
    links: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, server_default=sql_text("'[]'"))
    seen: Mapped[list[str]] = mapped_column(JSON, default=list, server_default=sql_text("'[]'"))
    follows: Mapped[str | None] = mapped_column(ForeignKey("content_answer.id"))
    department_id: Mapped[str | None] = mapped_column(ForeignKey("staff_department.id"), index=True)
    done: Mapped[bool] = mapped_column(default=False)
    changed_by: Mapped[str] = mapped_column(String(64))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__: dict[str, Any] = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling
