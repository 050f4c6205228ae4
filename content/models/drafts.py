"""Bulletins in the making: the only texts of this room that may be changed or dropped."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Integer, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from content.rules.states import DraftKind, DraftState
from portal.core.db import Base, UtcDateTime


class Draft(Base):
    """A bulletin before it is published. ``payload`` is :class:`content.rules.writing.Writing` as JSON.

    Other texts that two people publish are drafts as well: ``kind`` says which, and what ``payload`` holds
    (:class:`content.rules.writing.WrittenWithdrawal`, :class:`content.rules.writing.WrittenReport`; of an archive the
    name and hash of its file).

    ``base_number`` is the incident's last bulletin when writing began (0: a new incident), so that a bulletin
    published meanwhile is noticed. Who approves is never who wrote; in an ``emergency`` the approval follows.
    ``editors``: who else changed it; they approve it as little as its writer does.
    """

    __tablename__ = "content_draft"
    __table_args__ = (
        one_of("state", DraftState),
        one_of("kind", DraftKind),
        CheckConstraint(
            "kind = 'bulletin' AND (state = 'published') = (bulletin_id IS NOT NULL)"
            " OR kind <> 'bulletin' AND bulletin_id IS NULL",
            name="published_has_bulletin",
        ),
        CheckConstraint("state NOT IN ('review', 'published') OR sent_at IS NOT NULL", name="review_was_sent"),
        CheckConstraint("decided_by IS NULL OR decided_by <> written_by", name="two_people"),
        CheckConstraint("state <> 'published' OR decided_by IS NOT NULL OR emergency", name="published_is_approved"),
        CheckConstraint("NOT emergency OR kind = 'bulletin' AND state = 'published'", name="emergency_is_out"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), default=DraftKind.BULLETIN, server_default=DraftKind.BULLETIN)
    incident_key: Mapped[str] = mapped_column(String(80), index=True)
    base_number: Mapped[int] = mapped_column(Integer)
    correction: Mapped[bool] = mapped_column(Boolean)
    emergency: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    state: Mapped[str] = mapped_column(String(16), index=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    written_by: Mapped[str] = mapped_column(String(64))
    written_by_name: Mapped[str] = mapped_column(String(200))
    editors: Mapped[list[str]] = mapped_column(JSON, default=list, server_default=text("'[]'"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(64))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    returned_because: Mapped[str] = mapped_column(Text, default="")
    bulletin_id: Mapped[str | None] = mapped_column(ForeignKey("content_bulletin.id"), unique=True)
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class
