"""How much everybody at the desk has to do: open cases by person and duty, what is overdue, what is due soon."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.queries.absences import away
from disclosure.queries.colleagues import colleagues
from disclosure.queries.desk import SOON
from disclosure.queries.duties import Duty, duty_of
from portal.accounts.queries import names
from portal.core.actor import Actor


@dataclass
class Load:
    """The open cases of one person (``account_id`` None: of nobody). ``overdue`` is of decisions and other duties."""

    account_id: str | None
    name: str
    total: int = 0
    overdue: int = 0
    soon: int = 0
    by_duty: dict[Duty, int] = field(default_factory=lambda: dict.fromkeys(Duty, 0))
    away_until: date | None = None
    deputy: str = ""
    works_here: bool = True

    def add(self, duty: Duty, total: int, overdue: int, soon: int) -> None:
        """Count so many cases more."""
        self.total, self.overdue, self.soon = self.total + total, self.overdue + overdue, self.soon + soon
        self.by_duty[duty] += total


@dataclass(frozen=True)
class Workload:
    """Everybody at the desk, those with cases who no longer work there, nobody, and the whole desk."""

    people: tuple[Load, ...]
    nobody: Load
    all: Load


def workload(session: Session, *, actor: Actor, today: date) -> Workload:
    """Counted in one pass over the open cases. Raises Forbidden without a role at the desk."""
    policy.check(actor, policy.Right.SEE_DESK)
    overdue = func.sum(case((Case.next_due_on < today, 1), else_=0))
    soon = func.sum(case((Case.next_due_on.between(today, today + SOON), 1), else_=0))
    grouped = (Case.state, Case.decision_type, Case.assignee_id)
    rows = session.execute(
        select(*grouped, func.count(), overdue, soon).where(Case.ended_on.is_(None)).group_by(*grouped)
    )
    gone = away(session, today=today)
    people = {row.id: Load(row.id, row.name) for row in colleagues(session, actor=actor)}
    nobody, everybody = Load(None, ""), Load(None, "")
    for state, decision, account, total, late, near in rows:
        duty = duty_of(state, decision)
        if duty is None:
            continue
        load = nobody if account is None else people.setdefault(account, Load(account, "", works_here=False))
        for one in (load, everybody):
            one.add(duty, total, int(late), int(near))
    former = names(session, {one.account_id for one in people.values() if one.account_id and not one.works_here})
    for account, load in people.items():
        load.name = load.name or former.get(account, account)
        if account in gone:
            load.away_until, load.deputy = gone[account].until_on, gone[account].deputy_name
    return Workload(tuple(sorted(people.values(), key=lambda one: (-one.total, one.name))), nobody, everybody)
