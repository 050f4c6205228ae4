"""Putting a letter into the queue for the post, and taking it out again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.event import Audience
from disclosure.models.letter import Letter
from disclosure.models.print_run import PrintOrder
from disclosure.operations.deliver import found_letter
from disclosure.operations.history import book, tell
from disclosure.operations.moving import reckon
from disclosure.policy import Right
from disclosure.rules import arrival
from disclosure.rules.arrival import Cause
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict


def order_post(
    session: Session, case: Case, letter: Letter, cause: Cause, *, by: Actor, at: datetime
) -> PrintOrder | None:
    """Put a letter into the queue for the post; None when it waits there already."""
    if session.scalar(_waiting(letter.id)) is not None:
        return None
    order = PrintOrder(
        id=new_id(),
        case_id=case.id,
        letter_id=letter.id,
        cause=cause,
        ordered_on=day_in_japan(at),
        ordered_at=at,
        ordered_by=by.id,
    )
    session.add(order)
    session.flush()
    return order


def post_if_wanted(session: Session, case: Case, letter: Letter, *, by: Actor, at: datetime) -> None:
    """Queue a letter just issued for the post, unless its requester agreed to open it on the site."""
    if arrival.goes_by_post(case.channel, case.delivery):
        order_post(session, case, letter, Cause.WISH, by=by, at=at)


def also_post(session: Session, case: Case, letter_id: str, *, by: Actor, at: datetime) -> None:
    """Send an issued letter by post as well, or once more. Conflict when it waits already or was replaced."""
    policy.check(by, Right.DELIVER, case)
    found = found_letter(session, case, letter_id)
    if not found.in_force:
        raise Conflict(N_("Another letter has taken the place of this one."))
    if found.run is not None and found.run.id not in {row.entry.run_id for row in found.postings}:
        raise Conflict(N_("This letter is printed already. Enter its registered-mail number first."))
    cause = Cause.AGAIN if found.postings else Cause.ASKED
    if order_post(session, case, found.letter, cause, by=by, at=at) is None:
        raise Conflict(N_("This letter waits for the post already."))
    reckon(session, case, today=day_in_japan(at))
    tell(session, case, "post-ordered", by=by, at=at, audience=Audience.STAFF, number=found.letter.number)
    book(session, case, "order-post", by=by, at=at, letter=found.letter.id, cause=cause.value)


def drop_order(session: Session, case: Case, letter_id: str, *, by: Actor, at: datetime) -> None:
    """Take a letter out of the queue again, before a run took it."""
    policy.check(by, Right.DELIVER, case)
    found = found_letter(session, case, letter_id)
    if not stop_waiting(session, letter_id, by=by, at=at):
        raise Conflict(N_("This letter does not wait for the post."))
    reckon(session, case, today=day_in_japan(at))
    book(session, case, "drop-post", by=by, at=at, letter=found.letter.id)


def drop_orders(session: Session, case: Case, *, by: Actor, at: datetime) -> None:
    """Take every letter of a case out of the queue, because the case has ended; whoever ends it may."""
    waiting = select(PrintOrder).where(
        PrintOrder.case_id == case.id, PrintOrder.run_id.is_(None), PrintOrder.dropped_at.is_(None)
    )
    for order in session.scalars(waiting.with_for_update()).all():
        order.dropped_at, order.dropped_by = at, by.id
        session.flush()
        book(session, case, "drop-post", by=by, at=at, letter=order.letter_id)


def stop_waiting(session: Session, letter_id: str, *, by: Actor, at: datetime) -> bool:
    """Take a letter's waiting order out of the queue; whether there was one."""
    order = session.scalars(_waiting(letter_id).with_for_update()).one_or_none()
    if order is None:
        return False
    order.dropped_at, order.dropped_by = at, by.id
    session.flush()
    return True


def _waiting(letter_id: str) -> Select[PrintOrder]:
    return select(PrintOrder).where(
        PrintOrder.letter_id == letter_id, PrintOrder.run_id.is_(None), PrintOrder.dropped_at.is_(None)
    )
