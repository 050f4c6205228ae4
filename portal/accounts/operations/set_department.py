"""Put a member of staff into a department, or into none."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import policy
from portal.accounts.models import Department, StaffAccount
from portal.accounts.policy import Action
from portal.core import audit
from portal.core.actor import Actor
from portal.core.errors import N_, Conflict

CLOSED = N_("This department is closed. Please choose another.")


def set_department(
    session: Session, account: StaffAccount, department: Department | None, *, by: Actor, at: datetime
) -> bool:
    """Put the account there; true when it was elsewhere. The person's cases go along. Conflict for a closed one."""
    policy.check(by, Action.SET_DEPARTMENT, account)
    wanted = department.id if department is not None else None
    if wanted == account.department_id:
        return False
    if department is not None and not department.open:
        raise Conflict(CLOSED)
    before, account.department_id = account.department_id, wanted
    audit.record(
        session,
        at=at,
        actor=by,
        action=Action.SET_DEPARTMENT,
        subject=account.id,
        detail={"before": before or "", "after": wanted or ""},
    )
    return True
