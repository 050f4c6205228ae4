"""The disclosure itself (開示の実施): how it is wanted, releasing the records, closing the case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.operations.history import book, tell
from disclosure.operations.moving import begin, insist, reckon
from disclosure.operations.notify import notify_resident
from disclosure.operations.redact import check_unchanged
from disclosure.queries.deliveries import Stage, deliveries, in_force, on_its_way
from disclosure.queries.keys import case_files, latest_decision
from disclosure.rules.decisions import DISCLOSES
from disclosure.rules.kinds import Delivery, FileKind, Format
from disclosure.rules.states import Action
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict, Invalid


def choose_method(session: Session, case: Case, delivery: Delivery, wanted: Format, *, by: Actor, at: datetime) -> None:
    """Say after the notice how the disclosure is wanted, if not as the request said (実施方法の申出)."""
    state = begin(session, case, Action.CHOOSE_METHOD, by=by)
    if case.decision_type not in DISCLOSES:
        raise Conflict(N_("Nothing is disclosed by this decision."))
    case.state, case.delivery, case.format = state, delivery, wanted
    reckon(session, case, today=day_in_japan(at))
    tell(session, case, "method-chosen", by=by, at=at, delivery=delivery.value, format=wanted.value)
    book(session, case, "choose-method", by=by, at=at, delivery=delivery.value)


def release(session: Session, case: Case, *, compared: bool, by: Actor, at: datetime) -> None:
    """Let the requester read the records. ``compared``: name and birth date of the record were compared with the
    request and agree; without that nothing is released. Conflict when records or boxes are not those approved.
    """
    state = begin(session, case, Action.RELEASE, by=by)
    if case.decision_type not in DISCLOSES:
        raise Conflict(N_("Nothing is disclosed by this decision."))
    insist(session, case, Action.RELEASE, today=day_in_japan(at))
    if not case_files(session, case, FileKind.RECORD):
        raise Conflict(N_("Attach the record before you disclose it."))
    decision = latest_decision(session, case)
    if decision is not None:
        check_unchanged(session, case, decision)
    if not compared:
        raise Invalid(N_("Compare name and date of birth of the record with the request first."), field="compared")
    case.state, case.released_at = state, at
    reckon(session, case, today=day_in_japan(at))
    notify_resident(session, case, "released", at=at)
    tell(session, case, "released", by=by, at=at, delivery=case.delivery.value)
    book(session, case, "release", by=by, at=at, delivery=case.delivery.value)


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
