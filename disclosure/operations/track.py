"""What became of records that were posted: arrived, presumed to have arrived, come back, or entered wrongly."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.handout import Handover
from disclosure.operations.deliver import NOT_THAT_DAY
from disclosure.operations.hand_out import enter
from disclosure.policy import Right
from disclosure.queries.handovers import entries, standing
from disclosure.rules.arrival import Basis, Step, mail_number
from disclosure.rules.handouts import presumed_on
from disclosure.rules.kinds import Delivery
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict, Invalid, NotFound


def last_posting(session: Session, case: Case) -> Handover:
    """The last time that the records were posted; Conflict when they were not."""
    rows = [row for row in standing(entries(session, case)) if row.step is Step.POSTED]
    if not rows:
        raise Conflict(N_("These records were not posted."))
    return rows[-1]


def arrive(session: Session, case: Case, day: date | None, *, by: Actor, at: datetime) -> None:
    """Enter that the records were delivered on ``day`` by the post's record, or, without one, that it is presumed.

    From this day the requester's time to claim runs. An outcome that was entered before gives way to it.
    """
    policy.check(by, Right.HAND_OUT, case)
    posting, today = last_posting(session, case), day_in_japan(at)
    basis, on = (Basis.PROOF, day) if day is not None else (Basis.PRESUMED, presumed_on(posting.day))
    if not posting.day <= on <= today:
        raise Invalid(NOT_THAT_DAY, field="told-on")
    old = _outcome(session, case, posting)
    enter(session, case, Step.ARRIVED, Delivery.POST, by=by, at=at, day=on, basis=basis, corrects_id=old)


def come_back(session: Session, case: Case, day: date, *, by: Actor, at: datetime) -> None:
    """Enter that the post brought the records back; the case becomes due on the desk at once."""
    policy.check(by, Right.HAND_OUT, case)
    posting = last_posting(session, case)
    if not posting.day <= day <= day_in_japan(at):
        raise Invalid(NOT_THAT_DAY, field="told-on")
    old = _outcome(session, case, posting)
    enter(session, case, Step.RETURNED, Delivery.POST, by=by, at=at, day=day, corrects_id=old)


def post_again(session: Session, case: Case, number: str, day: date, *, by: Actor, at: datetime) -> None:
    """Enter that records that came back were posted once more."""
    policy.check(by, Right.HAND_OUT, case)
    posting = last_posting(session, case)
    if not posting.day <= day <= day_in_japan(at):
        raise Invalid(NOT_THAT_DAY, field="posted-on")
    try:
        written = mail_number(number)
    except Invalid as error:
        raise Invalid(error.message, field="mail-number") from None
    enter(session, case, Step.POSTED, Delivery.POST, by=by, at=at, day=day, mail_number=written)


def take_back(session: Session, case: Case, entry_id: str, *, by: Actor, at: datetime) -> None:
    """Say that an entry was a mistake; it stays in the ledger and no longer counts.

    A download is the system's own knowledge and cannot be taken back by hand.
    """
    policy.check(by, Right.HAND_OUT, case)
    old = next((row for row in standing(entries(session, case)) if row.id == entry_id), None)
    if old is None:
        raise NotFound
    if old.basis is Basis.ELECTRONIC or old.step is Step.POSTED:
        raise Conflict(N_("This entry cannot be taken back."))
    enter(session, case, Step.VOID, old.way, by=by, at=at, corrects_id=old.id)


def _outcome(session: Session, case: Case, posting: Handover) -> str | None:
    """What was entered of this posting so far, to be replaced."""
    rows = standing(entries(session, case))
    after = [row for row in rows if row.way is Delivery.POST and row.entered_at >= posting.entered_at]
    return next((row.id for row in after if row.step in (Step.ARRIVED, Step.RETURNED)), None)
