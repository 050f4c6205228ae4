"""Figures over time or side by side, in one or several series."""

from datetime import date

from sqlalchemy import Date, Float, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from content.rules.archive.kinds import Certainty, Chart
from portal.core.db import Base


class Figure(Base):
    """A table of values of one unit, and how it is drawn."""

    __tablename__ = "content_figure"
    __table_args__ = (one_of("chart", Chart),)

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    title_ja: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300))
    unit_ja: Mapped[str] = mapped_column(String(80))
    unit_en: Mapped[str] = mapped_column(String(80))
    chart: Mapped[str] = mapped_column(String(8))
    note_ja: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int] = mapped_column(Integer)


class Series(Base):
    """A figure has one series without a name, or several with names."""

    __tablename__ = "content_figure_series"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    figure_key: Mapped[str] = mapped_column(ForeignKey("content_figure.key"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    name_ja: Mapped[str | None] = mapped_column(String(200))
    name_en: Mapped[str | None] = mapped_column(String(200))


class Point(Base):
    """One value. ``period`` holds what is known of its day where the day is not."""

    __tablename__ = "content_figure_point"
    __table_args__ = (one_of("certainty", Certainty),)

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    figure_key: Mapped[str] = mapped_column(ForeignKey("content_figure.key"), index=True)
    series_id: Mapped[str] = mapped_column(ForeignKey("content_figure_series.id"))
    position: Mapped[int] = mapped_column(Integer)
    label_ja: Mapped[str] = mapped_column(String(200))
    label_en: Mapped[str] = mapped_column(String(200))
    value: Mapped[float] = mapped_column(Float(53))
    area: Mapped[str] = mapped_column(String(6))
    certainty: Mapped[str] = mapped_column(String(16))
    day: Mapped[date | None] = mapped_column(Date)
    period: Mapped[str | None] = mapped_column(String(40))
