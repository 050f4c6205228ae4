"""Municipalities and prefectures by their codes, with the days between which they exist."""

from datetime import date

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base


class Municipality(Base):
    """``code``: six digits with the check digit (全国地方公共団体コード); ``prefecture``: its first two digits.

    ``until_on``: the last day of one that was merged or renamed; ``into_code``: what took its place.
    """

    __tablename__ = "content_municipality"

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    prefecture: Mapped[str] = mapped_column(String(2), index=True)
    name_ja: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(100))
    kana: Mapped[str] = mapped_column(String(200))
    until_on: Mapped[date | None] = mapped_column(Date)
    into_code: Mapped[str | None] = mapped_column(ForeignKey("content_municipality.code"))
