"""A leak: opened with one step, worked on, reported, closed by a second person (個人情報保護法 第26条・第68条)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.event import Audience
from disclosure.models.handout import Stopped
from disclosure.models.leak import Leak
from disclosure.models.legal_hold import LegalHold
from disclosure.operations.hand_out import stop
from disclosure.operations.history import book, tell
from disclosure.operations.retention import place_hold
from disclosure.policy import Right
from disclosure.queries import leaks as queries
from disclosure.queries.keys import case_key
from disclosure.rules import leaks
from disclosure.rules.leaks import How, LeakState, Outcome, Told
from disclosure.rules.retention import HoldGround
from portal.core import screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Forbidden, Invalid
from portal.core.sealed import seal_json
from portal.core.vault import OfficeVault

NOT_THAT_DAY = N_("This cannot have been on that day.")
CLOSED = N_("This leak is closed.")


@dataclass(frozen=True)
class Account:
    """What is known: how many persons, what makes it reportable, whose record, and the items of the report."""

    persons: int
    triggers: Collection[str] = ()
    about: str = ""
    items: Mapping[str, str] = field(default_factory=dict)


def open_leak(
    session: Session,
    case: Case,
    how: How,
    known_on: date,
    account: Account,
    *,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
) -> Leak:
    """Open it. At once downloads stop and nothing of the case can be destroyed. Conflict while one is open already."""
    policy.check(by, Right.HANDLE_LEAK, case)
    if queries.open_leak(session, case) is not None:
        raise Conflict(N_("A leak of this case is open already."))
    if not case.received_on <= known_on <= day_in_japan(at):
        raise Invalid(NOT_THAT_DAY, field="known-on")
    row = Leak(
        id=new_id(), case_id=case.id, state=LeakState.OPEN, how=how, known_on=known_on, told=Told.NOT_YET, opened_at=at,
        opened_by=by.id, opened_name=by.name,
    )  # fmt: skip
    _write(case, row, account, vault)
    session.add(row)
    session.flush()
    stop(session, case, Stopped.LEAK, by=by, at=at)
    standing = (LegalHold.case_id == case.id, LegalHold.ground == HoldGround.LEAK, LegalHold.lifted_at.is_(None))
    if session.scalar(select(LegalHold.id).where(*standing).limit(1)) is None:
        place_hold(session, case, HoldGround.LEAK, "", vault=vault, by=by, at=at)
    tell(session, case, "leak-opened", by=by, at=at, audience=Audience.STAFF)
    book(session, case, "open-leak", by=by, at=at, leak=row.id, how=how.value, known_on=known_on.isoformat())
    return row


def write(
    session: Session, case: Case, row: Leak, account: Account, *, vault: OfficeVault, by: Actor, at: datetime
) -> None:
    """Write down what is known by now. The days follow from it; a report that was made stays made."""
    _check(case, row, by)
    _write(case, row, account, vault)
    row.proposed_by, row.proposed_at, row.proposed_name, row.outcome = None, None, "", None
    session.flush()
    book(session, case, "write-leak", by=by, at=at, leak=row.id, triggers=",".join(row.triggers))


def _write(case: Case, row: Leak, account: Account, vault: OfficeVault) -> None:
    if account.persons < 0:
        raise Invalid(N_("Write a number of persons, 0 when it is not known."), field="persons")
    known = {one.code for one in leaks.triggers(case.regime, row.known_on)}
    by_number = leaks.by_number(case.regime, account.persons, row.known_on)
    counted = {one.code for one in leaks.triggers(case.regime, row.known_on) if one.more_than}
    chosen = (set(account.triggers) & known) - counted | by_number
    screening.lines(account.about, field="about")
    items = {one.key: account.items.get(one.key, "") for one in leaks.ITEMS}
    for name, text in items.items():
        screening.lines(text, field=name)
    due = leaks.due(row.known_on, chosen, case.regime)
    row.persons, row.triggers = account.persons, sorted(chosen)
    row.quick_by, row.full_by = due.quick_by, due.full_by
    value = {"about": account.about, "items": {name: text for name, text in items.items() if text}}
    row.said_sealed = seal_json(case_key(vault, case), Leak.__tablename__, "said", row.id, value)


def report(
    session: Session, case: Case, row: Leak, on: date, *, full: bool, vault: OfficeVault, by: Actor, at: datetime
) -> None:
    """Enter that the quick or the full report was made. Invalid while an item of the full one is missing."""
    _check(case, row, by)
    if not row.known_on <= on <= day_in_japan(at) or (full and row.quick_on is not None and on < row.quick_on):
        raise Invalid(NOT_THAT_DAY, field="reported-on")
    if full:
        if left := leaks.missing(queries.said(case_key(vault, case), row).items):
            raise Invalid(
                N_("The full report has items that nobody has written yet: %(n)s."), n=len(left), field="full"
            )
        row.full_on, row.state = on, LeakState.REPORTED
    else:
        row.quick_on = on
    session.flush()
    tell(session, case, "leak-reported", by=by, at=at, audience=Audience.STAFF, on=on.isoformat())
    book(session, case, "report-leak", by=by, at=at, leak=row.id, full=full, on=on.isoformat())


def tell_person(
    session: Session, case: Case, row: Leak, told: Told, on: date | None, *, by: Actor, at: datetime
) -> None:
    """Enter whether the person whose record it was has been told; ``on`` when they were."""
    _check(case, row, by)
    if told is Told.TOLD and (on is None or not row.known_on <= on <= day_in_japan(at)):
        raise Invalid(NOT_THAT_DAY, field="told-on")
    row.told, row.told_on = told, on if told is Told.TOLD else None
    session.flush()
    book(session, case, "tell-of-leak", by=by, at=at, leak=row.id, told=told.value)


def propose_closing(session: Session, case: Case, row: Leak, outcome: Outcome, *, by: Actor, at: datetime) -> None:
    """Say what it turned out to be; a second person closes it. A leak is closed after its full report only,

    when something made it reportable, and when the person was told or need not be.
    """
    _check(case, row, by)
    if outcome is Outcome.LEAK and row.triggers and row.full_on is None:
        raise Conflict(N_("It must be reported: enter the full report first."))
    if outcome is Outcome.LEAK and row.told is Told.NOT_YET:
        raise Conflict(N_("Enter first whether the person concerned was told."))
    row.outcome, row.proposed_by, row.proposed_name, row.proposed_at = outcome, by.id, by.name, at
    session.flush()
    book(session, case, "propose-closing-leak", by=by, at=at, leak=row.id, outcome=outcome.value)


def close_leak(session: Session, case: Case, row: Leak, *, by: Actor, at: datetime) -> None:
    """Close it; Forbidden for whoever proposed that. The hold stays until somebody lifts it."""
    _check(case, row, by)
    if row.proposed_by is None:
        raise Conflict(N_("Nobody has proposed to close it."))
    if row.proposed_by == by.id:
        raise Forbidden(N_("You proposed to close it, so somebody else must do it."))
    row.state, row.closed_by, row.closed_name, row.closed_at = LeakState.CLOSED, by.id, by.name, at
    session.flush()
    tell(session, case, "leak-closed", by=by, at=at, audience=Audience.STAFF)
    book(session, case, "close-leak", by=by, at=at, leak=row.id, outcome=row.outcome.value if row.outcome else None)


def _check(case: Case, row: Leak, by: Actor) -> None:
    policy.check(by, Right.HANDLE_LEAK, case)
    if row.state is LeakState.CLOSED:
        raise Conflict(CLOSED)
