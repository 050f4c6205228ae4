"""Reminding the desk of third parties whose time to answer has passed without one."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.event import Audience, CaseEvent
from disclosure.models.third_party import ThirdParty
from disclosure.operations.history import tell
from disclosure.rules.third_parties import PartyState
from portal.core.actor import SYSTEM

CODE = "third-party-due"


def remind_third_parties(session: Session, *, at: datetime, today: date) -> int:
    """Note each such day once in its case's history (staff only); returns how many answers are awaited in vain."""
    late = (
        select(Case, ThirdParty.due_on)
        .join(ThirdParty, ThirdParty.case_id == Case.id)
        .where(ThirdParty.state == PartyState.ASKED, ThirdParty.due_on < today, Case.ended_on.is_(None))
        .order_by(Case.number, ThirdParty.id)
    )
    rows = session.execute(late).all()
    for case, due_on in rows:
        day = due_on.isoformat() if due_on is not None else ""
        told = session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.code == CODE))
        if not any(event.params.get("due_on") == day for event in told):
            tell(session, case, CODE, by=SYSTEM, at=at, audience=Audience.STAFF, due_on=day)
            session.flush()
    return len(rows)
