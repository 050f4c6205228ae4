"""How much is due soon or overdue with each body; the mails that say so name no case."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from discrepancy.models.cases import Discrepancy
from discrepancy.operations.steps import next_mover
from discrepancy.rules.clock import Duty, period
from portal.core import jobs

DUE = "discrepancy.tell_due"


@dataclass(frozen=True)
class DueWith:
    """How many cases wait for a body: due within the reminder's days, and overdue."""

    body_code: str
    soon: int
    overdue: int


def due_now(session: Session, *, today: date) -> list[DueWith]:
    """The bodies with which something is due, by code."""
    until = period(Duty.REMINDER, today).due(today)
    columns = (
        *(Discrepancy.number, Discrepancy.state, Discrepancy.due_on),
        *(Discrepancy.inquirer_code, Discrepancy.provider_code, Discrepancy.causer_code),
    )
    soon, overdue = Counter[str](), Counter[str]()
    for case in session.scalars(select(Discrepancy).where(Discrepancy.due_on <= until).options(load_only(*columns))):
        if mover := next_mover(case):
            (overdue if case.due_on is not None and case.due_on < today else soon)[mover] += 1
    return [DueWith(code, soon[code], overdue[code]) for code in sorted({*soon, *overdue})]


def remind(session: Session, *, today: date, at: datetime) -> int:
    """Enqueue a mail for each such body, once a day; returns how many."""
    found = due_now(session, today=today)
    for one in found:
        key = f"{DUE}/{one.body_code}@{today.isoformat()}"
        jobs.enqueue(session, DUE, due_at=at, key=key, body=one.body_code, soon=one.soon, overdue=one.overdue)
    return len(found)
