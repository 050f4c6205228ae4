"""Absences: entering who is away and who stands in, and ending one earlier.

A deputy sees the cases, and acts in their own name and roles only: nobody ever approves what they drafted themselves.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.absence import Absence
from disclosure.queries.absences import absence, overlapping
from disclosure.queries.colleagues import colleagues
from portal.core import audit
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid

LONGEST = timedelta(days=366)


def enter_absence(
    session: Session, account_id: str, deputy_id: str, *, from_on: date, until_on: date, by: Actor, at: datetime
) -> Absence:
    """Enter that somebody is away and who stands in for them. Invalid with ``field`` for what cannot be."""
    policy.check(by, policy.Right.KEEP_ABSENCES)
    people = {row.id: row for row in colleagues(session, actor=by)}
    today = day_in_japan(at)
    if account_id not in people:
        raise Invalid(N_("Choose a colleague."), field="account")
    if deputy_id not in people:
        raise Invalid(N_("Choose a colleague."), field="deputy")
    if deputy_id == account_id:
        raise Invalid(N_("Somebody else has to stand in."), field="deputy")
    if until_on < from_on:
        raise Invalid(N_("The last day is before the first."), field="until-on")
    if until_on < today:
        raise Invalid(N_("This day has passed."), field="until-on")
    if until_on - from_on > LONGEST:
        raise Invalid(N_("At most a year can be entered."), field="until-on")
    if overlapping(session, account_id, from_on, until_on):
        raise Invalid(N_("An absence in these days is entered already."), field="from-on")
    if overlapping(session, deputy_id, from_on, until_on):
        raise Invalid(N_("This colleague is away in these days."), field="deputy")
    person, deputy = people[account_id], people[deputy_id]
    row = Absence(
        id=new_id(), account_id=person.id, account_name=person.name, deputy_id=deputy.id, deputy_name=deputy.name,
        from_on=from_on, until_on=until_on, entered_by=by.id, entered_name=by.name, entered_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _book(
        session,
        "enter",
        row,
        by=by,
        at=at,
        deputy=deputy.id,
        from_on=from_on.isoformat(),
        until_on=until_on.isoformat(),
    )
    return row


def end_absence(session: Session, absence_id: str, *, by: Actor, at: datetime) -> None:
    """End an absence today: yesterday was its last day. Conflict when it is over."""
    policy.check(by, policy.Right.KEEP_ABSENCES)
    row, today = absence(session, absence_id), day_in_japan(at)
    if (row.ended_on or row.until_on) < today:
        raise Conflict(N_("This absence is over already."))
    row.ended_on, row.ended_by = today - timedelta(days=1), by.id
    session.flush()
    _book(session, "end", row, by=by, at=at)


def _book(session: Session, verb: str, row: Absence, *, by: Actor, at: datetime, **detail: str) -> None:
    action = f"disclosure.absence.{verb}"
    audit.record(session, at=at, actor=by, action=action, subject=row.account_id, detail={"absence": row.id, **detail})
