"""Record that somebody signed out; the session itself belongs to the door."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import policy
from portal.accounts.models import StaffAccount
from portal.accounts.policy import Action
from portal.core import audit
from portal.core.actor import Actor


def sign_out(session: Session, account: StaffAccount, *, by: Actor, at: datetime) -> None:
    """Note the end of the session that is in use."""
    policy.check(by, Action.SIGN_OUT, account)
    audit.record(session, at=at, actor=by, action=Action.SIGN_OUT, subject=account.id)
