"""What stands in a form of a body that was not sent yet, sealed: kept from the first keystroke."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, UtcDateTime


class TypedForm(Base):
    """One person's open form. ``place`` is the form's path; ``content`` its fields as JSON, sealed under its own key.

    A field that holds a personal number is left out. It goes when the form is sent.
    """

    __tablename__ = "discrepancy_typing"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    place: Mapped[str] = mapped_column(String(120), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    office_wrap: Mapped[bytes] = mapped_column(LargeBinary)
    written_by: Mapped[str] = mapped_column(String(64), index=True)
    version: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __mapper_args__: dict[str, Any] = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling
