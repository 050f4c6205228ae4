"""Opening times at the office, one by one or as a series, and closing them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.slot import Slot
from disclosure.policy import Right
from portal.core import audit, screening
from portal.core.actor import Actor
from portal.core.calendar import covers, is_business_day
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid

MOST_WEEKS = 26
MOST_PEOPLE = 20
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Series:
    """The same times on the same weekdays (0 is Monday), for some weeks from a day on."""

    first_on: date
    weeks: int
    weekdays: Collection[int]
    times: Sequence[tuple[time, time]]
    place: str
    capacity: int


def open_slots(session: Session, series: Series, *, by: Actor, at: datetime) -> int:
    """Open the slots that are not there yet, on business days only; how many were opened. Invalid with ``field``."""
    policy.check(by, Right.KEEP_SLOTS)
    today = day_in_japan(at)
    screening.line(series.place, field="place")
    _check(series, today)
    days = [series.first_on + DAY * count for count in range(series.weeks * 7)]
    wanted = [day for day in days if day.weekday() in series.weekdays and covers(day) and is_business_day(day)]
    there = {
        (row.day, row.starts)
        for row in session.scalars(select(Slot).where(Slot.place == series.place, Slot.day.in_(wanted)))
    }
    count = 0
    for day in wanted:
        for starts, ends in series.times:
            if (day, starts) in there:
                continue
            there.add((day, starts))
            count += 1
            session.add(
                Slot(
                    id=new_id(), day=day, starts=starts, ends=ends, place=series.place, capacity=series.capacity,
                    made_at=at, made_by=by.id, made_name=by.name,
                )
            )  # fmt: skip
    session.flush()
    audit.record(
        session, at=at, actor=by, action="disclosure.slot.open", subject=series.first_on.isoformat(),
        detail={"slots": count, "place": series.place, "capacity": series.capacity},
    )  # fmt: skip
    return count


def _check(series: Series, today: date) -> None:
    if series.first_on < today:
        raise Invalid(N_("Choose today or a later day."), field="first-on")
    if not 1 <= series.weeks <= MOST_WEEKS:
        raise Invalid(N_("Choose from 1 to %(most)s weeks."), field="weeks", most=MOST_WEEKS)
    if not 1 <= series.capacity <= MOST_PEOPLE:
        raise Invalid(N_("Choose from 1 to %(most)s people at once."), field="capacity", most=MOST_PEOPLE)
    if not series.times:
        raise Invalid(N_("Write at least one time, for example 10:00-10:30."), field="times")
    if not series.place.strip():
        raise Invalid(N_("Please fill in this field."), field="place")
    for starts, ends in series.times:
        if starts >= ends:
            raise Invalid(N_("A time ends after it starts."), field="times")


def close_slot(session: Session, slot: Slot, *, by: Actor, at: datetime) -> None:
    """Offer a slot no longer. Whoever has taken it keeps it."""
    policy.check(by, Right.KEEP_SLOTS)
    if slot.closed_at is not None:
        raise Conflict(N_("This time was closed before."))
    slot.closed_at, slot.closed_by, slot.closed_name = at, by.id, by.name
    session.flush()
    audit.record(
        session, at=at, actor=by, action="disclosure.slot.close", subject=slot.day.isoformat(),
        detail={"slot": slot.id, "taken": slot.taken},
    )  # fmt: skip
