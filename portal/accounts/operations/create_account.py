"""Open an account for a member of staff."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import policy, queries
from portal.accounts.models import Department, StaffAccount
from portal.accounts.operations.one_time import one_time_password
from portal.accounts.operations.set_department import CLOSED
from portal.accounts.policy import Action
from portal.accounts.rules import LOGIN_RULE, login_fits, normal_login
from portal.core import audit, passwords
from portal.core.actor import Actor, Role
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid

TAKEN = N_("There is already an account with this login.")
NAMELESS = N_("Please give the person's name.")


def create_account(
    session: Session,
    *,
    login: str,
    name: str,
    roles: Iterable[Role],
    by: Actor,
    at: datetime,
    password: str | None = None,
    department: Department | None = None,
    body_code: str | None = None,
) -> tuple[StaffAccount, str]:
    """Create an account; returns it with its password in clear, which is stored nowhere.

    Without ``password`` a one-time password is made, which must be changed at the first sign-in. Raises Invalid
    for a login or password that does not fit, Conflict for a login that is taken and for a closed department.
    ``body_code``: of the other body that the person belongs to; the room that knows the bodies has checked it.
    """
    policy.check(by, Action.CREATE)
    login = normal_login(login)
    if not login_fits(login):
        raise Invalid(LOGIN_RULE)
    if not name.strip():
        raise Invalid(NAMELESS)
    if department is not None and not department.open:
        raise Conflict(CLOSED)
    if queries.by_login(session, login) is not None:
        raise Conflict(TAKEN)
    clear = password if password is not None else one_time_password()
    account = StaffAccount(
        id=new_id(),
        login=login,
        name=name,
        roles=sorted(set(roles) if body_code is None else {Role.CORRESPONDENT}),
        body_code=body_code,
        department_id=department.id if department is not None else None,
        password_hash=passwords.hash_password(clear),
        password_changed_at=at,
        must_change_password=password is None,
        created_at=at,
    )
    session.add(account)
    detail = {
        "roles": " ".join(account.roles),
        "department": account.department_id or "",
        "body": account.body_code or "",
    }
    audit.record(session, at=at, actor=by, action=Action.CREATE, subject=account.id, detail=detail)
    return account, clear
