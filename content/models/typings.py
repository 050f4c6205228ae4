"""What stands in a form of the desk that was not sent yet: kept from the first keystroke, so that nothing is lost."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, UtcDateTime


class Typing(Base):
    """One person's open form. ``place`` is the form's path; ``values`` are its fields as they were typed.

    It needs to make no sense yet; a field that holds a personal number is left out. ``draft_id`` where the form
    changes a draft. It goes when the form is sent or thrown away.
    """

    __tablename__ = "content_typing"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    place: Mapped[str] = mapped_column(String(200), index=True)
    draft_id: Mapped[str | None] = mapped_column(ForeignKey("content_draft.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    values: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    written_by: Mapped[str] = mapped_column(String(64), index=True)
    written_by_name: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class
