"""The queue of letters for the post, and the runs in which they are printed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from disclosure.models.columns import EnumText, one_of
from disclosure.rules.arrival import Cause
from portal.core.db import Base, UtcDateTime

WAITING = "run_id IS NULL AND dropped_at IS NULL"


class PrintRun(Base):
    """The letters printed together: the ``number``-th run of its day."""

    __tablename__ = "disclosure_print_run"
    __table_args__ = (
        UniqueConstraint("day", "number"),
        CheckConstraint("number > 0 AND letters > 0", name="counts_are_positive"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    day: Mapped[date]
    number: Mapped[int]
    letters: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(64))
    made_name: Mapped[str] = mapped_column(String(200), default="")

    @property
    def label(self) -> str:
        """``2026-04-08-1``: how the run is called on pages and in addresses."""
        return f"{self.day.isoformat()}-{self.number}"


class PrintOrder(Base):
    """A letter that is to go by post. It waits until a run takes it; of a letter at most one order waits."""

    __tablename__ = "disclosure_print_order"
    __table_args__ = (
        CheckConstraint(one_of("cause", Cause), name="cause_is_known"),
        CheckConstraint("(run_id IS NULL) = (position IS NULL)", name="taken_has_place"),
        CheckConstraint("run_id IS NULL OR dropped_at IS NULL", name="taken_or_dropped"),
        CheckConstraint("(dropped_at IS NULL) = (dropped_by IS NULL)", name="dropped_is_whole"),
        UniqueConstraint("run_id", "position"),
        Index(
            "uq_disclosure_print_order_waiting",
            "letter_id",
            unique=True,
            sqlite_where=text(WAITING),
            postgresql_where=text(WAITING),
        ),
        Index("ix_disclosure_print_order_case", "case_id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    letter_id: Mapped[str] = mapped_column(ForeignKey("disclosure_letter.id"))
    cause: Mapped[Cause] = mapped_column(EnumText(Cause))
    ordered_on: Mapped[date]
    ordered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ordered_by: Mapped[str] = mapped_column(String(64))
    run_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_print_run.id"))
    position: Mapped[int | None]
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dropped_by: Mapped[str | None] = mapped_column(String(64))
