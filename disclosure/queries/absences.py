"""Who is away and who stands in for them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.absence import Absence
from portal.core.actor import Actor
from portal.core.errors import NotFound


def stands_in_for(session: Session, actor: Actor, *, today: date) -> dict[str, str]:
    """Ids and names of the colleagues whose deputy the actor is today."""
    wanted = select(Absence.account_id, Absence.account_name).where(Absence.deputy_id == actor.id, *_on(today))
    return {row.account_id: row.account_name for row in session.execute(wanted)}


def away(session: Session, *, today: date) -> dict[str, Absence]:
    """Who is away today, by id."""
    return {row.account_id: row for row in session.scalars(select(Absence).where(*_on(today)))}


def absences(session: Session, *, actor: Actor, today: date) -> list[Absence]:
    """The absences that are not over, by their first day. Raises Forbidden without a role at the desk."""
    policy.check(actor, policy.Right.KEEP_ABSENCES)
    last = func.coalesce(Absence.ended_on, Absence.until_on)
    wanted = select(Absence).where(last >= today).order_by(Absence.from_on, Absence.account_name, Absence.id)
    return list(session.scalars(wanted))


def overlapping(session: Session, account_id: str, first: date, last: date) -> Absence | None:
    """An absence of this person that shares a day with the days given."""
    end = func.coalesce(Absence.ended_on, Absence.until_on)
    wanted = select(Absence).where(Absence.account_id == account_id, Absence.from_on <= last, end >= first)
    return session.scalar(wanted.order_by(Absence.from_on).limit(1))


def absence(session: Session, absence_id: str) -> Absence:
    """One absence; NotFound when there is none."""
    row = session.get(Absence, absence_id)
    if row is None:
        raise NotFound
    return row


def _on(day: date) -> tuple[ColumnElement[bool], ...]:
    return (Absence.from_on <= day, func.coalesce(Absence.ended_on, Absence.until_on) >= day)
