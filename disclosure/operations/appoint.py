"""Appointments at the office: taking a time, changing it, giving it up, and what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.slot import Appointment, AppointmentState, Slot
from disclosure.operations.history import book as write
from disclosure.operations.history import tell
from disclosure.operations.moving import reckon
from disclosure.policy import Right
from disclosure.queries.methods import ways
from disclosure.queries.slots import booked, starts_at
from disclosure.rules.decisions import DISCLOSES
from disclosure.rules.kinds import Delivery
from disclosure.rules.states import State
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict

FULL = N_("This time is no longer free. Choose another one.")
NO_MORE = N_("An appointment is made after the decision and before the records are disclosed.")


def can_appoint(session: Session, case: Case) -> bool:
    """Whether a time at the office can be taken now: decided, not handed over, and wanted at the office."""
    return (
        case.state in (State.NOTIFIED, State.METHOD_CHOICE)
        and case.decision_type in DISCLOSES
        and Delivery.OFFICE in ways(session, case)
    )


def book(session: Session, case: Case, slot_id: str, *, by: Actor, at: datetime) -> Appointment:
    """Take a slot; the one that was taken before is given up with it.

    Conflict when the slot is full, closed or past: of two at once for the last place, one gets it and the other this.
    """
    policy.check(by, Right.APPOINT, case)
    if not can_appoint(session, case):
        raise Conflict(NO_MORE)
    slot = session.get(Slot, slot_id)
    if slot is None or starts_at(slot) <= at:
        raise Conflict(FULL)
    before = booked(session, case)
    if before is not None and before.slot_id == slot_id:
        return before
    # One statement that counts and checks: the row's own lock lets nobody between.
    free = (Slot.id == slot_id, Slot.closed_at.is_(None), Slot.taken < Slot.capacity)
    taken = session.execute(update(Slot).where(*free).values(taken=Slot.taken + 1).returning(Slot.id)).first()
    if taken is None:
        raise Conflict(FULL)
    if before is not None:
        _settle(session, before, AppointmentState.CANCELLED, by=by, at=at)
    row = Appointment(
        id=new_id(), case_id=case.id, slot_id=slot_id, booked_at=at, booked_kind=by.kind.value, booked_by=by.id,
        booked_name=by.name, state=AppointmentState.BOOKED,
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.refresh(slot)
    reckon(session, case, today=day_in_japan(at))
    tell(session, case, "appointment-booked", by=by, at=at, on=slot.day.isoformat(), time=f"{slot.starts:%H:%M}")
    write(session, case, "book-appointment", by=by, at=at, slot=slot_id, day=slot.day.isoformat())
    return row


def cancel(session: Session, case: Case, *, by: Actor, at: datetime) -> None:
    """Give the appointment up. Conflict when there is none."""
    policy.check(by, Right.APPOINT, case)
    _end(session, case, AppointmentState.CANCELLED, by=by, at=at)


def miss(session: Session, case: Case, *, by: Actor, at: datetime) -> None:
    """Enter that nobody came. Conflict when the time has not come yet."""
    policy.check(by, Right.HAND_OUT, case)
    row = booked(session, case)
    if row is not None and starts_at(row.slot) > at:
        raise Conflict(N_("The time of the appointment has not come yet."))
    _end(session, case, AppointmentState.MISSED, by=by, at=at)


def keep(session: Session, case: Case, *, by: Actor, at: datetime) -> None:
    """Enter that the requester came, if they had an appointment; part of handing the records over."""
    row = booked(session, case)
    if row is not None:
        _settle(session, row, AppointmentState.KEPT, by=by, at=at)


def _end(session: Session, case: Case, state: AppointmentState, *, by: Actor, at: datetime) -> None:
    row = booked(session, case)
    if row is None:
        raise Conflict(N_("There is no appointment."))
    day = row.slot.day.isoformat()
    _settle(session, row, state, by=by, at=at)
    reckon(session, case, today=day_in_japan(at))
    tell(session, case, f"appointment-{state.value}", by=by, at=at, on=day)
    write(session, case, f"{state.value}-appointment", by=by, at=at, slot=row.slot_id, day=day)


def _settle(session: Session, row: Appointment, state: AppointmentState, *, by: Actor, at: datetime) -> None:
    row.state, row.settled_at, row.settled_by, row.settled_name = state, at, by.id, by.name
    session.flush()
    if state is AppointmentState.CANCELLED:
        session.scalar(select(Slot.id).where(Slot.id == row.slot_id).with_for_update())
        session.execute(update(Slot).where(Slot.id == row.slot_id).values(taken=Slot.taken - 1))
        session.expire(row, ["slot"])
