"""The disclosure itself (開示の実施): how it is wanted, releasing the records, closing the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.identity import IdentityCheck
from disclosure.operations.appoint import keep
from disclosure.operations.compare import compare, insist_on_two
from disclosure.operations.deliver import NOT_THAT_DAY
from disclosure.operations.hand_out import enter, offer
from disclosure.operations.history import book, tell
from disclosure.operations.moving import begin, insist, reckon
from disclosure.operations.notify import notify_resident
from disclosure.operations.redact import check_unchanged
from disclosure.queries.comparisons import needs_two
from disclosure.queries.deliveries import Stage, deliveries, in_force, on_its_way
from disclosure.queries.keys import case_files, latest_decision
from disclosure.queries.methods import method_due, ways
from disclosure.rules import identity, methods
from disclosure.rules.arrival import Basis, Step, mail_number
from disclosure.rules.decisions import DISCLOSES
from disclosure.rules.identity import Checked
from disclosure.rules.kinds import Delivery, FileKind, Format
from disclosure.rules.states import Action, State
from portal.core.actor import Actor, ActorKind
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid

TOO_LATE = N_(
    "The time to choose has passed. If there was a good reason for it, write to us or telephone; otherwise ask again."
)


def choose_method(
    session: Session, case: Case, delivery: Delivery, wanted: Format, *, by: Actor, at: datetime, reason: str = ""
) -> None:
    """Say after the notice how the disclosure is wanted, if not as the request said (実施方法の申出).

    Once the time has passed only staff can, and only with a good ``reason`` (第87条第4項ただし書).
    """
    was, state = case.state, begin(session, case, Action.CHOOSE_METHOD, by=by)
    if case.decision_type not in DISCLOSES:
        raise Conflict(N_("Nothing is disclosed by this decision."))
    methods.check(delivery, wanted)
    due = method_due(session, case) if was is State.NOTIFIED else None
    if methods.is_late(due.binding_on if due else None, day_in_japan(at)):
        if by.kind is ActorKind.RESIDENT:
            raise Conflict(TOO_LATE)
        if not reason.strip():
            raise Invalid(N_("The time to choose has passed. Say why there was a good reason for it."), field="reason")
    case.state, case.delivery, case.format = state, delivery, wanted
    reckon(session, case, today=day_in_japan(at))
    tell(session, case, "method-chosen", by=by, at=at, delivery=delivery.value, format=wanted.value)
    book(session, case, "choose-method", by=by, at=at, delivery=delivery.value)


@dataclass(frozen=True)
class Handing:
    """How the records leave the house: posted on ``posted_on`` as ``mail_number``; or, at the office, to somebody whose

    ``document`` was checked once more and who ``signed`` for them.
    """

    mail_number: str = ""
    posted_on: date | None = None
    document: Checked | None = None
    signed: bool = False


def release(
    session: Session, case: Case, *, compared: bool, by: Actor, at: datetime, handing: Handing | None = None
) -> None:
    """Disclose the records, on each of the ways on which they are wanted. ``compared``: name and birth date of the
    records were compared with the request and agree; a face photo needs two people who found so.

    Documents are given to everybody alike: nothing is compared then. They can be released once more, in another way.

    Conflict when something hinders it, or when records or boxes are not those approved; Invalid with a field when what
    proves the handing over is missing.
    """
    state, today = begin(session, case, Action.RELEASE, by=by), day_in_japan(at)
    if case.decision_type not in DISCLOSES:
        raise Conflict(N_("Nothing is disclosed by this decision."))
    insist(session, case, Action.RELEASE, today=today)
    if not case_files(session, case, FileKind.RECORD):
        raise Conflict(N_("Attach the record before you disclose it."))
    decision = latest_decision(session, case)
    if decision is not None:
        check_unchanged(session, case, decision)
    if case.records.personal:
        _insist_on_the_person(session, case, compared=compared, by=by, at=at)
    leaves, how = ways(session, case), handing or Handing()
    number, posted_on = _posting(case, how, today) if Delivery.POST in leaves else ("", today)
    if Delivery.OFFICE in leaves:
        _receive_at_office(session, case, how, today, by=by, at=at)
    case.state, case.released_at = state, case.released_at or at
    session.flush()
    for way in leaves:
        if way is Delivery.DOWNLOAD:
            offer(session, case, by=by, at=at)
        elif way is Delivery.POST:
            enter(session, case, Step.POSTED, way, by=by, at=at, day=posted_on, mail_number=number)
        else:
            enter(session, case, Step.ARRIVED, way, by=by, at=at, basis=Basis.SIGNED)
    reckon(session, case, today=today)
    notify_resident(session, case, "released", at=at)
    tell(session, case, "released", by=by, at=at, delivery=case.delivery.value)
    book(session, case, "release", by=by, at=at, delivery=case.delivery.value)


def _insist_on_the_person(session: Session, case: Case, *, compared: bool, by: Actor, at: datetime) -> None:
    if not compared:
        raise Invalid(N_("Compare name and date of birth of the record with the request first."), field="compared")
    compare(session, case, name_agrees=True, birth_agrees=True, by=by, at=at)
    if needs_two(case):
        insist_on_two(session, case)


def _posting(case: Case, how: Handing, today: date) -> tuple[str, date]:
    """The registered-mail number and the day of posting."""
    try:
        number = mail_number(how.mail_number)
    except Invalid as error:
        raise Invalid(error.message, field="mail-number") from None
    day = how.posted_on or today
    if not (case.notified_on or case.received_on) <= day <= today:
        raise Invalid(NOT_THAT_DAY, field="posted-on")
    return number, day


def _receive_at_office(session: Session, case: Case, how: Handing, today: date, *, by: Actor, at: datetime) -> None:
    """Check identity again, where it matters, and that the receipt is signed; the appointment is kept."""
    if case.records.personal and how.document is None:
        raise Invalid(N_("Check an identity document once more before you hand the records over."), field="document")
    for problem in identity.problems([how.document], received_on=today) if how.document else ():
        raise Invalid(problem.message, field="document")
    if not how.signed:
        raise Invalid(N_("Tick the box only when you have the signed receipt."), field="signed")
    again = how.document
    if again is None:
        keep(session, case, by=by, at=at)
        return
    session.add(
        IdentityCheck(
            id=new_id(), case_id=case.id, document=again.document, expires_on=again.expires_on,
            name_agrees=again.name_agrees, address_agrees=again.address_agrees, checked_by=by.id, checked_at=at,
        )
    )  # fmt: skip
    keep(session, case, by=by, at=at)


def close(session: Session, case: Case, *, by: Actor, at: datetime) -> None:
    """Close a case in which nothing remains to be done; the requester can still read it."""
    state = begin(session, case, Action.CLOSE, by=by)
    insist(session, case, Action.CLOSE, today=day_in_japan(at))
    letter = in_force(deliveries(session, case))
    if on_its_way(letter, released=case.released_at is not None):
        if letter is not None and letter.stage in (Stage.WAITING, Stage.PRINTED, Stage.RETURNED):
            raise Conflict(N_("The letter has not been sent yet, or it came back. See to it first."))
        raise Conflict(N_("The letter has not arrived yet, so the requester's time has not begun."))
    if (
        case.decision_type in DISCLOSES
        and case.released_at is None
        and case_files(session, case, FileKind.RECORD)
        and day_in_japan(at) <= (case.next_due_on or case.due_on)
    ):
        raise Conflict(N_("The requester can still choose how to receive the records."))
    case.state, case.ended_on = state, day_in_japan(at)
    reckon(session, case, today=day_in_japan(at))
    tell(session, case, "closed", by=by, at=at)
    book(session, case, "close", by=by, at=at)
