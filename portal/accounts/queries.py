"""Reading accounts, departments, sessions and the journal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts import policy
from portal.accounts.models import Department, StaffAccount
from portal.accounts.policy import Action
from portal.core import audit, jobs
from portal.core.actor import Actor
from portal.core.audit import Entry
from portal.core.errors import N_, NotFound
from portal.web.sessions import StoredSession

ENTRIES_A_PAGE = 50
NO_ACCOUNT = N_("There is no such account.")
NO_DEPARTMENT = N_("There is no such department.")


def find(session: Session, account_id: str) -> StaffAccount | None:
    """The account of this id, or None; for finding out who is acting."""
    return session.get(StaffAccount, account_id)


def by_login(session: Session, login: str) -> StaffAccount | None:
    """The account of this normal login, or None; for signing in and the command line."""
    return session.scalar(select(StaffAccount).where(StaffAccount.login == login))


def account_of(session: Session, account_id: str, *, actor: Actor) -> StaffAccount:
    """The account of this id for whoever may look at accounts; raises NotFound."""
    policy.check(actor, Action.LOOK_AT_ACCOUNTS)
    account = session.get(StaffAccount, account_id)
    if account is None:
        raise NotFound(NO_ACCOUNT)
    return account


def accounts(session: Session, *, actor: Actor) -> list[StaffAccount]:
    """All accounts: enabled ones first, by login."""
    policy.check(actor, Action.LOOK_AT_ACCOUNTS)
    return list(
        session.scalars(select(StaffAccount).order_by(StaffAccount.disabled_at.is_not(None), StaffAccount.login))
    )


def department_of(session: Session, department_id: str) -> Department:
    """The department of this id; raises NotFound."""
    row = session.get(Department, department_id)
    if row is None:
        raise NotFound(NO_DEPARTMENT)
    return row


def departments(session: Session) -> list[Department]:
    """All departments in the order in which they were entered, closed ones last. Their names are no secret."""
    order = (Department.closed_at.is_not(None), Department.created_at, Department.id)
    return list(session.scalars(select(Department).order_by(*order)))


def members(session: Session) -> dict[str, int]:
    """How many open accounts each department has, by its id; departments without any are left out."""
    rows = session.execute(
        select(StaffAccount.department_id, func.count())
        .where(StaffAccount.disabled_at.is_(None), StaffAccount.department_id.is_not(None))
        .group_by(StaffAccount.department_id)
    )
    return {department or "": number for department, number in rows}


def sessions_of(session: Session, account: StaffAccount, *, actor: Actor, now: datetime) -> list[StoredSession]:
    """Where this account is signed in now, the latest visit first."""
    policy.check(actor, Action.END_SESSIONS, account)
    query = select(StoredSession).where(StoredSession.staff_id == account.id, StoredSession.expires_at > now)
    return list(session.scalars(query.order_by(StoredSession.seen_at.desc(), StoredSession.id)))


@dataclass(frozen=True)
class JournalPage:
    """A page of the journal, newest entry first; ``names`` are the staff members' names by account id."""

    entries: list[Entry]
    names: dict[str, str]
    number: int
    pages: int
    total: int


def journal(session: Session, *, actor: Actor, subject: str = "", page: int = 1) -> JournalPage:
    """A page of the journal, of one subject when one is named."""
    policy.check(actor, Action.READ_JOURNAL)
    wanted = [Entry.subject == subject] if subject else []
    total = session.scalar(select(func.count()).select_from(Entry).where(*wanted)) or 0
    pages = max(1, -(-total // ENTRIES_A_PAGE))
    number = min(max(1, page), pages)
    query = select(Entry).where(*wanted).order_by(Entry.seq.desc())
    entries = list(session.scalars(query.limit(ENTRIES_A_PAGE).offset((number - 1) * ENTRIES_A_PAGE)))
    ids = {entry.actor_id for entry in entries} | {entry.subject for entry in entries}
    return JournalPage(entries, names(session, ids), number, pages, total)


def names(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """The names of these accounts by id; ids of other things are left out."""
    rows = session.execute(select(StaffAccount.id, StaffAccount.name).where(StaffAccount.id.in_(list(ids)))).all()
    return dict(rows)


def journal_check(session: Session, *, actor: Actor) -> audit.Report:
    """What a walk over the whole chain finds."""
    policy.check(actor, Action.READ_JOURNAL)
    return audit.verify(session)


def background_work(session: Session, *, actor: Actor) -> tuple[dict[str, int], list[jobs.Job]]:
    """How many jobs are in each state, and the ones that gave up."""
    policy.check(actor, Action.LOOK_AT_JOBS)
    return jobs.counts(session), jobs.dead(session)
