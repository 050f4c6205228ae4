"""Close an account, and open it again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import policy
from portal.accounts.models import StaffAccount
from portal.accounts.policy import Action
from portal.core import audit
from portal.core.actor import Actor
from portal.web import sessions


def disable(session: Session, account: StaffAccount, *, by: Actor, at: datetime) -> None:
    """Close the account and end its sessions; doing it twice changes nothing."""
    policy.check(by, Action.DISABLE, account)
    if not account.enabled:
        return
    account.disabled_at = at
    count = sessions.end_sessions(session, account.id)
    audit.record(session, at=at, actor=by, action=Action.DISABLE, subject=account.id, detail={"sessions": count})


def enable(session: Session, account: StaffAccount, *, by: Actor, at: datetime) -> None:
    """Open the account again, with the password and roles that it had."""
    policy.check(by, Action.ENABLE, account)
    if account.enabled:
        return
    account.disabled_at = None
    audit.record(session, at=at, actor=by, action=Action.ENABLE, subject=account.id)
