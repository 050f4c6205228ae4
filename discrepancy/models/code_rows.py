"""Rows of code tables that the desk added or changed; the shipped ones stand in ``data/codes.toml``."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Date, String, text
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from discrepancy.rules.codes import CodeTable
from portal.core.db import Base, UtcDateTime


class CodeRow(Base):
    """Like :class:`discrepancy.rules.codes.Code`; it takes the place of a shipped row of its table, key and day."""

    __tablename__ = "discrepancy_code"
    __table_args__ = (
        one_of("code_table", CodeTable),
        CheckConstraint("until IS NULL OR until >= effective_from", name="ends_after_beginning"),
    )

    code_table: Mapped[str] = mapped_column(String(16), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    effective_from: Mapped[date] = mapped_column(Date, primary_key=True)
    until: Mapped[date | None] = mapped_column(Date)
    name_ja: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    within: Mapped[list[str]] = mapped_column(JSON, default=list, server_default=text("'[]'"))
    changed_by: Mapped[str] = mapped_column(String(64))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
