"""Leaks: those of a case, those that are open, and how many there were."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.leak import Leak
from disclosure.policy import Right
from disclosure.queries.hindrances import ASKED, Hindrance
from disclosure.rules import leaks
from disclosure.rules.leaks import LeakState, Outcome
from disclosure.rules.states import Action
from portal.core.actor import Actor
from portal.core.errors import N_
from portal.core.sealed import open_json
from portal.core.vault import CaseKey

OPEN_LEAK = N_("A leak of this case is being looked into. Until that is closed nothing is handed out or closed.")
MOST = 200
# What counts as a leak: what has not turned out to be none.
REAL_LEAK = Leak.outcome.is_(None) | (Leak.outcome == Outcome.LEAK)


@dataclass(frozen=True)
class LeakSaid:
    """What was written of a leak: whose record it was, as far as known, and the items of the report by their keys."""

    about: str = ""
    items: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LeakLine:
    """A leak on the list: numbers and days, nothing personal. ``due_on``: the next report, None when all are made."""

    leak: Leak
    number: str
    due_on: date | None

    def late(self, today: date) -> bool:
        """Whether the next report is overdue."""
        return self.due_on is not None and self.due_on < today


def of_case(session: Session, case: Case) -> list[Leak]:
    """Every leak of a case, the newest first."""
    return list(session.scalars(select(Leak).where(Leak.case_id == case.id).order_by(Leak.opened_at.desc(), Leak.id)))


def open_leak(session: Session, case: Case) -> Leak | None:
    """The leak that is not closed; a case has one at most."""
    return session.scalar(select(Leak).where(Leak.case_id == case.id, Leak.state != LeakState.CLOSED))


def said(key: CaseKey, leak: Leak) -> LeakSaid:
    """What was written of it."""
    value: dict[str, Any] = open_json(key, Leak.__tablename__, "said", leak.id, leak.said_sealed)
    return LeakSaid(value.get("about", ""), dict(value.get("items", {})))


def next_report_on(leak: Leak) -> date | None:
    """By when the next report is due."""
    if leak.state is LeakState.CLOSED or leak.full_on is not None:
        return None
    return leak.quick_by if leak.quick_on is None else leak.full_by


def triggers(case: Case, leak: Leak) -> tuple[leaks.Trigger, ...]:
    """What makes this leak reportable."""
    return tuple(row for row in leaks.triggers(case.regime, leak.known_on) if row.code in leak.triggers)


def due(case: Case, leak: Leak) -> leaks.Due:
    """Its days, explained."""
    return leaks.due(leak.known_on, leak.triggers, case.regime)


def listed(session: Session, *, actor: Actor, closed: bool = False) -> list[LeakLine]:
    """The leaks that are open, the most urgent first; or those that were closed, the newest first."""
    policy.check(actor, Right.HANDLE_LEAK)
    wanted = select(Leak, Case.number).join(Case, Case.id == Leak.case_id).limit(MOST)
    if closed:
        rows = session.execute(wanted.where(Leak.state == LeakState.CLOSED).order_by(Leak.closed_at.desc(), Leak.id))
        return [LeakLine(row, number, None) for row, number in rows]
    found = [
        LeakLine(row, number, next_report_on(row))
        for row, number in session.execute(wanted.where(Leak.state != LeakState.CLOSED))
    ]
    return sorted(found, key=lambda row: (row.due_on is None, row.due_on or row.leak.full_by, row.number))


def _while_open(session: Session, case: Case, today: date) -> Hindrance | None:
    return Hindrance(OPEN_LEAK) if open_leak(session, case) is not None else None


for _action in (Action.RELEASE, Action.CLOSE, Action.LAPSE):
    ASKED[_action] = (*ASKED.get(_action, ()), _while_open)
