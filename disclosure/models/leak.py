"""A leak (漏えい等): what happened, the days by which it must be reported, and how far that has come."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from disclosure.models.columns import EnumText, one_of
from disclosure.rules.leaks import How, LeakState, Outcome, Told
from portal.core.db import Base, UtcDateTime

OPEN = "state <> 'closed'"


class Leak(Base):
    """One leak in one case. ``said_sealed`` is what was written of it, as JSON: whose record, the items of the report.

    ``triggers`` are codes of ``leaks.toml``. It is closed by a second person, never by whoever proposed that.
    """

    __tablename__ = "disclosure_leak"
    __table_args__ = (
        CheckConstraint(one_of("state", LeakState), name="state_is_known"),
        CheckConstraint(one_of("how", How), name="how_is_known"),
        CheckConstraint(one_of("told", Told), name="told_is_known"),
        CheckConstraint(f"outcome IS NULL OR {one_of('outcome', Outcome)}", name="outcome_is_known"),
        CheckConstraint("persons >= 0", name="persons_are_counted"),
        CheckConstraint("known_on <= quick_by AND quick_by <= full_by", name="days_are_in_order"),
        CheckConstraint("(told = 'told') = (told_on IS NOT NULL)", name="told_has_day"),
        CheckConstraint(
            "(proposed_by IS NULL) = (proposed_at IS NULL) AND (proposed_by IS NULL) = (outcome IS NULL)",
            name="proposal_is_whole",
        ),
        CheckConstraint(
            "(state = 'closed') = (closed_by IS NOT NULL) AND (closed_by IS NULL) = (closed_at IS NULL)"
            " AND (closed_by IS NULL OR proposed_by IS NOT NULL)",
            name="closed_is_whole",
        ),
        CheckConstraint("closed_by IS NULL OR closed_by <> proposed_by", name="four_eyes"),
        Index("uq_disclosure_leak_open", "case_id", unique=True, sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
        Index("ix_disclosure_leak_case", "case_id", "opened_at"),
        Index("ix_disclosure_leak_state", "state", "full_by"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    state: Mapped[LeakState] = mapped_column(EnumText(LeakState), default=LeakState.OPEN)
    how: Mapped[How] = mapped_column(EnumText(How))
    known_on: Mapped[date]
    persons: Mapped[int]
    triggers: Mapped[list[str]] = mapped_column(JSON)
    said_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    quick_by: Mapped[date]
    full_by: Mapped[date]
    quick_on: Mapped[date | None]
    full_on: Mapped[date | None]
    told: Mapped[Told] = mapped_column(EnumText(Told), default=Told.NOT_YET)
    told_on: Mapped[date | None]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[str] = mapped_column(String(64))
    opened_name: Mapped[str] = mapped_column(String(200))
    outcome: Mapped[Outcome | None] = mapped_column(EnumText(Outcome))
    proposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    proposed_by: Mapped[str | None] = mapped_column(String(64))
    proposed_name: Mapped[str] = mapped_column(String(200), default="")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str | None] = mapped_column(String(64))
    closed_name: Mapped[str] = mapped_column(String(200), default="")
