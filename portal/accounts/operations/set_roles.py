"""Give a member of staff other roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import policy
from portal.accounts.models import StaffAccount
from portal.accounts.policy import Action
from portal.core import audit
from portal.core.actor import Actor, Role


def set_roles(session: Session, account: StaffAccount, roles: Iterable[Role], *, by: Actor, at: datetime) -> bool:
    """Replace the roles; true when they changed. They count from the person's next request on."""
    policy.check(by, Action.SET_ROLES, account)
    wanted = sorted(set(roles) if account.body_code is None else {Role.CORRESPONDENT})
    if wanted == account.roles:
        return False
    before, account.roles = account.roles, [str(role) for role in wanted]
    audit.record(
        session,
        at=at,
        actor=by,
        action=Action.SET_ROLES,
        subject=account.id,
        detail={"before": " ".join(before), "after": " ".join(account.roles)},
    )
    return True
