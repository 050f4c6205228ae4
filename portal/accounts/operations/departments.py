"""The departments of the organisation: entering, renaming, closing and opening one again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.accounts import policy, queries
from portal.accounts.models import Department
from portal.accounts.policy import Action
from portal.core import audit
from portal.core.actor import Actor
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid

JA_MISSING = N_("Please give the Japanese name.")
EN_MISSING = N_("Please give the English name.")
TAKEN = N_("There is already a department of this name.")
NOT_EMPTY = N_("People with open accounts belong to it. Put them into other departments first.")
CHANGED = N_("Somebody else changed this department while you had it open. Nothing of yours was saved yet.")


def create_department(
    session: Session, *, name_ja: str, name_en: str, email: str = "", by: Actor, at: datetime
) -> Department:
    """Enter a department. Raises Invalid for a missing name, Conflict for one that is taken; both name the field."""
    policy.check(by, Action.CREATE_DEPARTMENT)
    name_ja, name_en = _names(session, name_ja, name_en, of=None)
    row = Department(id=new_id(), name_ja=name_ja, name_en=name_en, email=email.strip(), created_at=at)
    session.add(row)
    session.flush()
    _book(session, Action.CREATE_DEPARTMENT, row, by=by, at=at)
    return row


def rename_department(
    session: Session,
    row: Department,
    *,
    name_ja: str,
    name_en: str,
    email: str,
    version: str,
    by: Actor,
    at: datetime,
) -> bool:
    """Give it other names or another address; true when they changed.

    Conflict when it is no longer at ``version``, as the page saw it.
    """
    policy.check(by, Action.CHANGE_DEPARTMENT)
    if str(row.version) != version:
        raise Conflict(CHANGED)
    name_ja, name_en = _names(session, name_ja, name_en, of=row)
    wanted = (name_ja, name_en, email.strip())
    if wanted == (row.name_ja, row.name_en, row.email):
        return False
    row.name_ja, row.name_en, row.email = wanted
    session.flush()
    _book(session, Action.CHANGE_DEPARTMENT, row, by=by, at=at)
    return True


def close_department(session: Session, row: Department, *, by: Actor, at: datetime) -> None:
    """Nobody can be put into it from now on. Conflict while somebody with an open account belongs to it."""
    policy.check(by, Action.CLOSE_DEPARTMENT)
    if row.closed_at is not None:
        return
    if queries.members(session).get(row.id):
        raise Conflict(NOT_EMPTY)
    row.closed_at = at
    session.flush()
    _book(session, Action.CLOSE_DEPARTMENT, row, by=by, at=at)


def open_department(session: Session, row: Department, *, by: Actor, at: datetime) -> None:
    """Open a closed one again."""
    policy.check(by, Action.OPEN_DEPARTMENT)
    if row.closed_at is None:
        return
    row.closed_at = None
    session.flush()
    _book(session, Action.OPEN_DEPARTMENT, row, by=by, at=at)


def _names(session: Session, name_ja: str, name_en: str, *, of: Department | None) -> tuple[str, str]:
    name_ja, name_en = name_ja.strip(), name_en.strip()
    for name, field, message in ((name_ja, "name_ja", JA_MISSING), (name_en, "name_en", EN_MISSING)):
        if not name:
            raise Invalid(message, field=field)
    wanted = select(Department).where(or_(Department.name_ja == name_ja, Department.name_en == name_en))
    for other in session.scalars(wanted):
        if of is None or other.id != of.id:
            raise Conflict(TAKEN, field="name_ja" if other.name_ja == name_ja else "name_en")
    return name_ja, name_en


def _book(session: Session, action: Action, row: Department, *, by: Actor, at: datetime) -> None:
    names = {"name_ja": row.name_ja, "name_en": row.name_en}
    audit.record(session, at=at, actor=by, action=action, subject=row.id, detail=names)
