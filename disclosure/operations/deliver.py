"""Entering how a letter reached its requester. The ledger only grows: a mistake is corrected by a new entry."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.delivery import DeliveryEntry
from disclosure.models.event import Audience
from disclosure.models.letter import Letter
from disclosure.operations.history import audience_of, book, tell
from disclosure.operations.moving import reckon
from disclosure.policy import Right
from disclosure.queries.deliveries import LetterDelivery, deliveries
from disclosure.queries.keys import case_letter
from disclosure.rules.arrival import Basis, Returned, Step, Way
from portal.core.actor import Actor, ActorKind
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid, NotFound

NOT_THAT_DAY = N_("This cannot have been on that day.")


def opened_online(session: Session, case: Case, letter_id: str, *, by: Actor, at: datetime) -> None:
    """The requester opens a letter: the first time is its arrival by electronic receipt. Others change nothing.

    Locks the case before the journal, as every step does, and reads it afresh: an officer may be at work on it.
    """
    if by.kind is not ActorKind.RESIDENT:
        return
    letter = case_letter(session, case, letter_id)
    if by.kind is ActorKind.RESIDENT and not letter.to_requester:
        raise NotFound
    if _opened(session, letter):
        return
    policy.check(by, Right.READ, case)
    session.refresh(case, with_for_update=True)
    if not _opened(session, letter):
        _arrive(session, case, letter, Way.DOWNLOAD, Basis.ELECTRONIC, day_in_japan(at), by=by, at=at)


def _opened(session: Session, letter: Letter) -> bool:
    wanted = select(DeliveryEntry.id).where(
        DeliveryEntry.letter_id == letter.id, DeliveryEntry.basis == Basis.ELECTRONIC
    )
    return session.scalar(wanted.limit(1)) is not None


def hand_over(session: Session, case: Case, letter_id: str, day: date, *, by: Actor, at: datetime) -> None:
    """Enter that a letter was handed over at the window on ``day`` against a signed receipt."""
    policy.check(by, Right.DELIVER, case)
    letter = case_letter(session, case, letter_id)
    if not letter.issued_on <= day <= day_in_japan(at):
        raise Invalid(NOT_THAT_DAY, field="handed-on")
    _arrive(session, case, letter, Way.HANDED, Basis.SIGNED, day, by=by, at=at)


def enter_arrival(
    session: Session,
    case: Case,
    letter_id: str,
    day: date | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Enter what became of the last posting: delivered on ``day`` by the post's record, or, without one, presumed.

    An arrival that was only presumed, or a return, gives way to it.
    """
    policy.check(by, Right.DELIVER, case)
    found = found_letter(session, case, letter_id)
    if not found.postings:
        raise Conflict(N_("This letter was not posted."))
    posting = found.postings[-1]
    basis, on, today = Basis.PROOF, day, day_in_japan(at)
    if on is None:
        basis, on = Basis.PRESUMED, posting.presumed_on
        if today < on:
            raise Invalid(N_("The letter may still be on its way. Wait until this day has come."), field="told-on")
    if not posting.entry.day <= on <= today:
        raise Invalid(NOT_THAT_DAY, field="told-on")
    _arrive(
        session, case, found.letter, Way.POST, basis, on, by=by, at=at, posting=posting.entry, instead=posting.outcome
    )


def enter_return(
    session: Session, case: Case, letter_id: str, day: date, why: Returned, *, by: Actor, at: datetime
) -> None:
    """Enter that the post brought the letter back; the case becomes due on the desk at once."""
    policy.check(by, Right.DELIVER, case)
    found = found_letter(session, case, letter_id)
    if not found.postings:
        raise Conflict(N_("This letter was not posted."))
    posting = found.postings[-1]
    if not posting.entry.day <= day <= day_in_japan(at):
        raise Invalid(NOT_THAT_DAY, field="told-on")
    enter(
        session,
        case,
        letter_id,
        Step.RETURNED,
        Way.POST,
        day,
        by=by,
        at=at,
        returned_as=why,
        posting_id=posting.entry.id,
        corrects_id=posting.outcome.id if posting.outcome else None,
    )
    _done(session, case, at)
    tell(
        session,
        case,
        "letter-returned",
        by=by,
        at=at,
        audience=audience_of(found.letter),
        returned_on=day.isoformat(),
        number=found.letter.number,
    )
    book(session, case, "letter-returned", by=by, at=at, letter=found.letter.id, day=day.isoformat(), why=why.value)


def take_back(session: Session, case: Case, letter_id: str, entry_id: str, *, by: Actor, at: datetime) -> None:
    """Say that an entry was a mistake; it stays in the ledger and no longer counts.

    That a requester opened a letter is the system's own knowledge and cannot be taken back by hand.
    """
    policy.check(by, Right.DELIVER, case)
    found = found_letter(session, case, letter_id)
    old = next((row for row in found.entries if row.id == entry_id), None)
    if old is None:
        raise NotFound
    if old.id not in found.standing or old.basis is Basis.ELECTRONIC:
        raise Conflict(N_("This entry cannot be taken back."))
    enter(session, case, letter_id, Step.VOID, old.way, day_in_japan(at), by=by, at=at, corrects_id=old.id)
    _done(session, case, at)
    tell(session, case, "delivery-corrected", by=by, at=at, audience=Audience.STAFF, number=found.letter.number)
    book(session, case, "correct-delivery", by=by, at=at, letter=found.letter.id, entry=old.id)


def found_letter(session: Session, case: Case, letter_id: str) -> LetterDelivery:
    """One letter of the case with its way; NotFound for another case's."""
    found = next((row for row in deliveries(session, case) if row.letter.id == letter_id), None)
    if found is None:
        raise NotFound
    return found


def _arrive(
    session: Session,
    case: Case,
    letter: Letter,
    way: Way,
    basis: Basis,
    day: date,
    *,
    by: Actor,
    at: datetime,
    posting: DeliveryEntry | None = None,
    instead: DeliveryEntry | None = None,
) -> None:
    enter(
        session,
        case,
        letter.id,
        Step.ARRIVED,
        way,
        day,
        by=by,
        at=at,
        basis=basis,
        posting_id=posting.id if posting else None,
        corrects_id=instead.id if instead else None,
    )
    _done(session, case, at)
    tell(
        session,
        case,
        f"arrived-{basis.value}",
        by=by,
        at=at,
        audience=audience_of(letter),
        arrived_on=day.isoformat(),
        number=letter.number,
    )
    book(session, case, "letter-arrived", by=by, at=at, letter=letter.id, day=day.isoformat(), basis=basis.value)


def enter(
    session: Session,
    case: Case,
    letter_id: str,
    step: Step,
    way: Way,
    day: date,
    *,
    by: Actor,
    at: datetime,
    **more: object,
) -> DeliveryEntry:
    """Write one line of the ledger; ``more`` are further columns. What it means is the caller's to check."""
    row = DeliveryEntry(
        id=new_id(),
        case_id=case.id,
        letter_id=letter_id,
        step=step,
        way=way,
        day=day,
        entered_at=at,
        entered_kind=by.kind.value,
        entered_by=by.id,
        entered_name=by.name,
        **more,
    )
    session.add(row)
    return row


def _done(session: Session, case: Case, at: datetime) -> None:
    session.flush()
    reckon(session, case, today=day_in_japan(at))
