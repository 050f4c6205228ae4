"""The bodies that exchange data over the network, with the desk by which each is reached."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from discrepancy.rules.enquiry import BodyKind
from portal.core.db import Base


class Body(Base):
    """``code``: six digits with the check digit (全国地方公共団体コード), or what the State's bodies have.

    ``prefecture``: the first two digits of a prefecture or municipality, empty for others. The desk (連絡窓口) routes
    what it gets within its body; it names offices, never a person. ``closed_on``: the body's last day.
    """

    __tablename__ = "discrepancy_body"
    __table_args__ = (
        one_of("kind", BodyKind),
        CheckConstraint("(kind IN ('prefecture', 'municipality')) = (prefecture <> '')", name="local_has_prefecture"),
    )

    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), index=True)
    name_ja: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    prefecture: Mapped[str] = mapped_column(String(2), default="", index=True)
    desk_section: Mapped[str] = mapped_column(String(200), default="")
    desk_telephone: Mapped[str] = mapped_column(String(40), default="")
    desk_fax: Mapped[str] = mapped_column(String(40), default="")
    desk_mail: Mapped[str] = mapped_column(String(254), default="")
    closed_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(Integer, default=1)

    __mapper_args__: dict[str, Any] = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling
