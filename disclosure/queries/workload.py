"""How much is to be done: open cases by person, department and duty, what is overdue, what is due soon."""

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
from portal.accounts.models import Department, StaffAccount
from portal.accounts.queries import departments
from portal.core.actor import Actor


@dataclass(kw_only=True)
class Amount:
    """Open cases. ``overdue`` is of decisions and other duties."""

    total: int = 0
    overdue: int = 0
    soon: int = 0
    by_duty: dict[Duty, int] = field(default_factory=lambda: dict.fromkeys(Duty, 0))

    def add(self, duty: Duty, total: int, overdue: int, soon: int) -> None:
        """Count so many cases more."""
        self.total, self.overdue, self.soon = self.total + total, self.overdue + overdue, self.soon + soon
        self.by_duty[duty] += total


@dataclass(kw_only=True)
class Load(Amount):
    """The open cases of one person."""

    account_id: str
    name: str
    department: Department | None = None
    away_until: date | None = None
    deputy: str = ""
    works_here: bool = True


@dataclass(kw_only=True)
class DepartmentLoad(Amount):
    """The open cases of which somebody of a department (None: of none) is in charge; ``people`` of it at the desk."""

    department: Department | None
    people: int = 0
    away: int = 0


@dataclass(frozen=True)
class Workload:
    """Everybody at the desk, those with cases who no longer work there, departments, nobody, and the whole desk.

    ``departments`` are those with people at the desk or with cases, in their order; empty where there are none at all.
    """

    people: tuple[Load, ...]
    departments: tuple[DepartmentLoad, ...]
    nobody: Amount
    all: Amount


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
    known = {row.id: row for row in departments(session)}
    people = {
        row.id: Load(account_id=row.id, name=row.name, department=known.get(row.department_id or ""))
        for row in colleagues(session, actor=actor)
    }
    nobody, everybody = Amount(), Amount()
    for state, decision, account, total, late, near in rows:
        duty = duty_of(state, decision)
        if duty is None:
            continue
        load = nobody if account is None else people.setdefault(account, _elsewhere(account))
        for one in (load, everybody):
            one.add(duty, total, int(late), int(near))
    _name_former(session, people, known)
    for account, load in people.items():
        if account in gone:
            load.away_until, load.deputy = gone[account].until_on, gone[account].deputy_name
    sorted_people = tuple(sorted(people.values(), key=lambda one: (-one.total, one.name)))
    return Workload(sorted_people, _by_department(sorted_people, known), nobody, everybody)


def _elsewhere(account_id: str) -> Load:
    return Load(account_id=account_id, name="", works_here=False)


def _name_former(session: Session, people: dict[str, Load], known: dict[str, Department]) -> None:
    """Say who those are that have cases and no longer work at the desk."""
    former = [account for account, load in people.items() if not load.works_here]
    if not former:
        return
    for row in session.scalars(select(StaffAccount).where(StaffAccount.id.in_(former))):
        people[row.id].name, people[row.id].department = row.name, known.get(row.department_id or "")
    for account in former:
        people[account].name = people[account].name or account


def _by_department(people: tuple[Load, ...], known: dict[str, Department]) -> tuple[DepartmentLoad, ...]:
    """Added up from the people's cases, so that it costs no further question to the database."""
    if not known:
        return ()
    found = {key: DepartmentLoad(department=known.get(key)) for key in (*known, "")}
    for one in people:
        load = found[one.department.id if one.department else ""]
        load.people += one.works_here
        load.away += one.away_until is not None
        load.total, load.overdue, load.soon = load.total + one.total, load.overdue + one.overdue, load.soon + one.soon
        for duty, number in one.by_duty.items():
            load.by_duty[duty] += number
    return tuple(load for load in found.values() if load.people or load.total)
