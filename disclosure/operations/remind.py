"""Reminding the desk of decisions that are due within a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.event import Audience, CaseEvent
from disclosure.operations.choose import LAPSING, mark_lapsing
from disclosure.operations.history import tell
from disclosure.queries.methods import has_lapsed
from disclosure.rules.states import NOTIFIED, State
from portal.core.actor import SYSTEM

SOON = timedelta(days=7)
CODE = "due-soon"


@dataclass(frozen=True)
class Reminded:
    """How many decisions are due within a week, and how many are overdue."""

    soon: int
    overdue: int


def remind(session: Session, *, at: datetime, today: date) -> Reminded:
    """Note each near due day once in its case's history (staff only); returns the numbers."""
    undecided = (Case.ended_on.is_(None), Case.state.not_in((*NOTIFIED, State.CORRECTION)))
    near = session.scalars(select(Case).where(*undecided, Case.due_on.between(today, today + SOON)))
    soon = 0
    for case in near:
        soon += 1
        day = case.due_on.isoformat()
        told = session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.code == CODE))
        if not any(event.params.get("due_on") == day for event in told):
            tell(session, case, CODE, by=SYSTEM, at=at, audience=Audience.STAFF, due_on=day)
    _mark_lapsing(session, at=at, today=today)
    overdue = session.scalar(select(func.count()).select_from(Case).where(*undecided, Case.due_on < today)) or 0
    return Reminded(soon, overdue)


def _mark_lapsing(session: Session, *, at: datetime, today: date) -> None:
    """Note once, for the staff, that nobody chose the method in time; a person decides what follows."""
    marked = select(CaseEvent.case_id).where(CaseEvent.code == LAPSING)
    waiting = (Case.state == State.NOTIFIED, Case.ended_on.is_(None), Case.next_due_on < today)
    for case in session.scalars(select(Case).where(*waiting, Case.id.not_in(marked))):
        if has_lapsed(session, case, today=today):
            mark_lapsing(session, case, at=at)
