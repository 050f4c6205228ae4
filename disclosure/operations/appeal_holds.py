"""Lifting the legal hold of an appeal by itself, when it has ended and no suit can follow any more."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.appeal import Appeal
from disclosure.models.case import Case
from disclosure.models.legal_hold import LegalHold
from disclosure.models.suit import Suit
from disclosure.operations.retention import lift_hold
from disclosure.queries import appeals as queries
from disclosure.queries.anew import waits_for_decision
from portal.core.actor import SYSTEM


def lift_finished(session: Session, *, today: date, at: datetime) -> int:
    """Lift the holds whose time is over; how many. One with a pending suit, or a ruling not yet done, stays."""
    wanted = (
        select(Appeal, Case)
        .join(Case, Case.id == Appeal.case_id)
        .join(LegalHold, LegalHold.id == Appeal.hold_id)
        .where(Appeal.ended_on.is_not(None), LegalHold.lifted_at.is_(None))
        .order_by(Appeal.ended_on, Appeal.id)
    )
    done = 0
    for row, case in session.execute(wanted).all():
        waits = waits_for_decision(session, row)
        if waits or _pending(session, case) or queries.held_until(session, case, row) >= today:
            continue
        if row.hold_id is not None:
            lift_hold(session, case, row.hold_id, by=SYSTEM, at=at)
            done += 1
    return done


def _pending(session: Session, case: Case) -> bool:
    wanted = select(Suit.id).where(Suit.case_id == case.id, Suit.result.is_(None)).limit(1)
    return session.scalar(wanted) is not None
