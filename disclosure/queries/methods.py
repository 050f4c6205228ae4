"""How the records are wanted, and until when the requester can say so."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.wish import Wish
from disclosure.queries.deliveries import deliveries, in_force
from disclosure.queries.keys import case_files
from disclosure.rules import deadlines, methods
from disclosure.rules.decisions import DISCLOSES
from disclosure.rules.kinds import CaseKind, Delivery, FileKind, Format
from disclosure.rules.regimes import regime
from disclosure.rules.states import State
from portal.core.sealed import open_json
from portal.core.vault import CaseKey


@dataclass(frozen=True)
class WishShown:
    """What the requester said last. ``parts`` by the record's id; days and texts as they were typed."""

    chosen_at: datetime
    late: bool
    parts: dict[str, str] = field(default_factory=dict)
    wished_on: str = ""
    postage: str = ""
    reason: str = ""


def latest(session: Session, case: Case) -> Wish | None:
    """The choice that counts."""
    wanted = select(Wish).where(Wish.case_id == case.id).order_by(Wish.chosen_at.desc(), Wish.id.desc()).limit(1)
    return session.scalar(wanted)


def wish(session: Session, case: Case, key: CaseKey) -> WishShown | None:
    """The choice that counts, opened."""
    row = latest(session, case)
    if row is None:
        return None
    said: dict[str, Any] = open_json(key, Wish.__tablename__, "said", row.id, row.said_sealed)
    return WishShown(row.chosen_at, row.late, **said)


def methods_of(session: Session, case: Case) -> dict[str, tuple[Delivery, Format]]:
    """For each record, by its id, how and in which form it is wanted."""
    row = latest(session, case)
    otherwise = {
        one["file"]: (Delivery(one["delivery"]), Format(one["format"])) for one in (row.records if row else ())
    }
    usual = (case.delivery, case.format)
    return {file.id: otherwise.get(file.id, usual) for file in case_files(session, case, FileKind.RECORD)}


def ways(session: Session, case: Case) -> tuple[Delivery, ...]:
    """The ways on which the records go, each once; the case's own when there is no record."""
    found = {way for way, _form in methods_of(session, case).values()}
    return tuple(way for way in Delivery if way in found) or (case.delivery,)


def method_due(session: Session, case: Case) -> deadlines.Due | None:
    """Until when the method can be chosen; None under a law without such a time, or before the letter arrived."""
    law = regime(case.regime, case.law_day)
    letter = in_force(deliveries(session, case))
    if not law.method_clock or letter is None or letter.arrival is None:
        return None
    return deadlines.compute(law.method_clock, letter.arrival.day, law_day=case.law_day)


def waits_for_choice(case: Case) -> bool:
    """Whether the decision discloses and the requester has still to say how they want the records."""
    return (
        case.kind is CaseKind.DISCLOSURE
        and case.state is State.NOTIFIED
        and case.decision_type in DISCLOSES
        and case.released_at is None
        and methods.must_choose(case.delivery, case.format)
    )


def has_lapsed(session: Session, case: Case, *, today: date) -> bool:
    """Whether the time passed without the choice that was needed."""
    if not waits_for_choice(case):
        return False
    due = method_due(session, case)
    return methods.is_late(due.binding_on if due else None, today)
