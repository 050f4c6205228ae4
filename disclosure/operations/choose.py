"""Choosing how the records are disclosed, and what follows when nobody chose in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.event import Audience, CaseEvent
from disclosure.models.wish import Wish
from disclosure.operations.history import book, tell
from disclosure.operations.moving import begin, insist, reckon
from disclosure.operations.notify import notify_resident
from disclosure.operations.release import choose_method
from disclosure.queries.keys import case_file
from disclosure.queries.methods import has_lapsed, method_due
from disclosure.rules import methods
from disclosure.rules.kinds import Delivery, FileKind, Format
from disclosure.rules.states import Action
from portal.core import screening
from portal.core.actor import SYSTEM, Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Forbidden, Invalid, NotFound
from portal.core.sealed import seal_json
from portal.core.vault import CaseKey

LAPSING = "lapsing"
NOT_YOU = N_("You entered that the time had passed, so somebody else weighs the reason for the delay.")


@dataclass(frozen=True)
class Wished:
    """What is wanted: for all records, and for single ones, by their id, what differs. ``reason``: why it is late."""

    delivery: Delivery
    format: Format
    otherwise: Mapping[str, tuple[Delivery, Format]] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    wished_on: str = ""
    postage: str = ""
    reason: str = ""


def choose(session: Session, case: Case, wished: Wished, *, key: CaseKey, by: Actor, at: datetime) -> None:
    """Keep how the records are wanted. Invalid for what does not go together, or when it is late without a reason.

    Conflict for a requester whose time has passed: staff take a late choice with a good reason (第87条第4項ただし書).
    """
    _check(session, case, wished)
    due = method_due(session, case)
    late = methods.is_late(due.binding_on if due else None, day_in_japan(at))
    choose_method(session, case, wished.delivery, wished.format, by=by, at=at, reason=wished.reason)
    keep_wish(session, case, wished, late=late and bool(wished.reason), key=key, by=by, at=at)


def accept_late(session: Session, case: Case, wished: Wished, *, key: CaseKey, by: Actor, at: datetime) -> None:
    """Take a choice that came late for a good reason, although the case had lapsed by then (第87条第4項ただし書).

    The records are prepared as if it had come in time. Forbidden for whoever entered the lapse: somebody else weighs
    the reason. Invalid without the reason, and for what does not go together.
    """
    state = begin(session, case, Action.ACCEPT_LATE, by=by)
    if ended_by(session, case) == by.id:
        raise Forbidden(NOT_YOU)
    if not wished.reason.strip():
        raise Invalid(N_("Say what the good reason for the delay was."), field="reason")
    _check(session, case, wished)
    methods.check(wished.delivery, wished.format)
    case.state, case.ended_on = state, None
    case.delivery, case.format = wished.delivery, wished.format
    case.next_due_on = day_in_japan(at)
    keep_wish(session, case, wished, late=True, key=key, by=by, at=at)
    reckon(session, case, today=day_in_japan(at))
    notify_resident(session, case, f"late-accepted:{case.version}", at=at)
    tell(session, case, "late-accepted", by=by, at=at, delivery=case.delivery.value, format=case.format.value)
    book(session, case, "accept-late", by=by, at=at, delivery=case.delivery.value)


def ended_by(session: Session, case: Case) -> str:
    """Who entered that the time to choose had passed; empty when nobody did."""
    wanted = select(CaseEvent.actor_id).where(CaseEvent.case_id == case.id, CaseEvent.code == "lapsed")
    return session.scalar(wanted.order_by(CaseEvent.at.desc()).limit(1)) or ""


def _check(session: Session, case: Case, wished: Wished) -> None:
    for name, text in (("wished-on", wished.wished_on), ("postage", wished.postage)):
        screening.line(text, field=name)
    screening.lines(wished.reason, field="reason")
    for file_id, (delivery, wanted) in wished.otherwise.items():
        _record(session, case, file_id)
        methods.check(delivery, wanted)
    for file_id, text in wished.parts.items():
        _record(session, case, file_id)
        screening.lines(text, field="parts")


def keep_wish(
    session: Session, case: Case, wished: Wished, *, late: bool, key: CaseKey, by: Actor, at: datetime
) -> None:  # fmt: skip
    """Write down one choice, after checking what it says; a choice that was made before stays."""
    _check(session, case, wished)
    said = {
        "parts": {file: text for file, text in wished.parts.items() if text},
        "wished_on": wished.wished_on,
        "postage": wished.postage,
        "reason": wished.reason,
    }
    row = Wish(
        id=new_id(),
        case_id=case.id,
        records=[
            {"file": file, "delivery": way.value, "format": form.value}
            for file, (way, form) in wished.otherwise.items()
            if (way, form) != (wished.delivery, wished.format)
        ],
        late=late,
        chosen_at=at,
        chosen_kind=by.kind.value,
        chosen_by=by.id,
        chosen_name=by.name,
    )
    row.said_sealed = seal_json(key, Wish.__tablename__, "said", row.id, said)
    session.add(row)
    session.flush()


def _record(session: Session, case: Case, file_id: str) -> None:
    if case_file(session, case, file_id).kind is not FileKind.RECORD:
        raise NotFound


def lapse(session: Session, case: Case, *, by: Actor, at: datetime) -> None:
    """End a case in which nobody chose in time. The decision stays; to see the records one has to ask anew.

    Conflict while the time has not passed, or when no choice was needed.
    """
    state, today = begin(session, case, Action.LAPSE, by=by), day_in_japan(at)
    insist(session, case, Action.LAPSE, today=today)
    if not has_lapsed(session, case, today=today):
        raise Conflict(N_("The time to choose has not passed, or the request already says how the records are wanted."))
    case.state, case.ended_on = state, today
    reckon(session, case, today=today)
    notify_resident(session, case, "lapsed", at=at)
    tell(session, case, "lapsed", by=by, at=at)
    book(session, case, "lapse", by=by, at=at)


def mark_lapsing(session: Session, case: Case, *, at: datetime) -> None:
    """Note for the staff that the time to choose has passed; a person decides whether there was a good reason."""
    tell(session, case, LAPSING, by=SYSTEM, at=at, audience=Audience.STAFF)
