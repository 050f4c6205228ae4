"""Times at which somebody can come to the office to see their records, and who has taken one."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from disclosure.models.columns import EnumText, one_of
from portal.core.db import Base, UtcDateTime


class AppointmentState(StrEnum):
    """What became of an appointment."""

    BOOKED = "booked"
    KEPT = "kept"
    MISSED = "missed"
    CANCELLED = "cancelled"


BOOKED = "state = 'booked'"


class Slot(Base):
    """One time at one place, for so many people at once. ``taken`` never exceeds ``capacity``: the database insists.

    Times are those of Japan.
    """

    __tablename__ = "disclosure_slot"
    __table_args__ = (
        CheckConstraint("capacity >= 1", name="has_room"),
        CheckConstraint("taken >= 0 AND taken <= capacity", name="is_not_overbooked"),
        CheckConstraint("starts < ends", name="ends_after_it_starts"),
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed_is_whole"),
        UniqueConstraint("day", "starts", "place"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    day: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]
    place: Mapped[str] = mapped_column(String(200))
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(64))
    made_name: Mapped[str] = mapped_column(String(200))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str | None] = mapped_column(String(64))
    closed_name: Mapped[str] = mapped_column(String(200), default="")


class Appointment(Base):
    """That a case has taken a slot. A case has at most one that is still to come."""

    __tablename__ = "disclosure_appointment"
    __table_args__ = (
        CheckConstraint(one_of("state", AppointmentState), name="state_is_known"),
        CheckConstraint("(state = 'booked') = (settled_at IS NULL)", name="settled_has_time"),
        Index(
            "uq_disclosure_appointment_booked",
            "case_id",
            unique=True,
            sqlite_where=text(BOOKED),
            postgresql_where=text(BOOKED),
        ),
        Index("ix_disclosure_appointment_slot", "slot_id"),
        Index("ix_disclosure_appointment_case", "case_id", "booked_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    slot_id: Mapped[str] = mapped_column(ForeignKey("disclosure_slot.id"))
    state: Mapped[AppointmentState] = mapped_column(EnumText(AppointmentState), default=AppointmentState.BOOKED)
    booked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    booked_kind: Mapped[str] = mapped_column(String(16))
    booked_by: Mapped[str] = mapped_column(String(64))
    booked_name: Mapped[str] = mapped_column(String(200), default="")
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[str | None] = mapped_column(String(64))
    settled_name: Mapped[str] = mapped_column(String(200), default="")
    slot: Mapped[Slot] = relationship()
