"""Times at the office: what is free, what a day looks like, and the appointment of a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from disclosure.models.case import Case
from disclosure.models.slot import Appointment, AppointmentState, Slot
from portal.core.calendar import JAPAN
from portal.core.clock import day_in_japan
from portal.core.errors import NotFound

AHEAD = timedelta(days=60)
MOST = 400


@dataclass(frozen=True)
class DayLine:
    """One appointment on the list of a day: the receipt number only, nothing personal."""

    slot: Slot
    number: str
    state: AppointmentState


def starts_at(slot: Slot) -> datetime:
    """The moment at which a slot begins."""
    return datetime.combine(slot.day, slot.starts, JAPAN)


def ends_at(slot: Slot) -> datetime:
    """The moment at which a slot ends."""
    return datetime.combine(slot.day, slot.ends, JAPAN)


def free_slots(session: Session, *, now: datetime) -> list[Slot]:
    """What can still be taken, the earliest first."""
    today = day_in_japan(now)
    wanted = (
        select(Slot)
        .where(Slot.day.between(today, today + AHEAD), Slot.closed_at.is_(None), Slot.taken < Slot.capacity)
        .order_by(Slot.day, Slot.starts, Slot.place)
        .limit(MOST)
    )
    return [row for row in session.scalars(wanted) if starts_at(row) > now]


def coming_slots(session: Session, *, today: date) -> list[Slot]:
    """Every slot from today on, closed and full ones too."""
    wanted = select(Slot).where(Slot.day >= today).order_by(Slot.day, Slot.starts, Slot.place).limit(MOST)
    return list(session.scalars(wanted))


def day_list(session: Session, day: date) -> list[DayLine]:
    """Who comes on a day, by the slot's time; cancelled ones left out."""
    wanted = (
        select(Appointment, Case.number)
        .join(Appointment.slot)
        .join(Case, Case.id == Appointment.case_id)
        .options(contains_eager(Appointment.slot))
        .where(Slot.day == day, Appointment.state != AppointmentState.CANCELLED)
        .order_by(Slot.starts, Slot.place, Case.number)
    )
    return [DayLine(row.slot, number, row.state) for row, number in session.execute(wanted)]


def slot(session: Session, slot_id: str) -> Slot:
    """One slot; NotFound when there is none."""
    found = session.get(Slot, slot_id)
    if found is None:
        raise NotFound
    return found


def appointments(session: Session, case: Case) -> Sequence[Appointment]:
    """Every appointment of a case, the newest first."""
    wanted = select(Appointment).where(Appointment.case_id == case.id)
    return session.scalars(wanted.order_by(Appointment.booked_at.desc(), Appointment.id)).all()


def booked(session: Session, case: Case) -> Appointment | None:
    """The appointment that is still to come."""
    wanted = select(Appointment).where(Appointment.case_id == case.id, Appointment.state == AppointmentState.BOOKED)
    return session.scalar(wanted)
