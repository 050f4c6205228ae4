"""Sign somebody out elsewhere: one session, or all of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import policy
from portal.accounts.models import StaffAccount
from portal.accounts.policy import Action
from portal.core import audit
from portal.core.actor import Actor
from portal.core.errors import N_, NotFound
from portal.web import sessions

NO_SESSION = N_("This session has already ended.")


def end_sessions(session: Session, account: StaffAccount, *, by: Actor, at: datetime, but: str | None = None) -> int:
    """End all sessions of the account, ``but`` the one with this id; returns how many ended."""
    policy.check(by, Action.END_SESSIONS, account)
    count = sessions.end_sessions(session, account.id, but=but)
    audit.record(session, at=at, actor=by, action=Action.END_SESSIONS, subject=account.id, detail={"count": count})
    return count


def end_session(session: Session, account: StaffAccount, session_id: str, *, by: Actor, at: datetime) -> None:
    """End one session of the account; raises NotFound when it is not there or somebody else's."""
    policy.check(by, Action.END_SESSIONS, account)
    if not sessions.end_session(session, account.id, session_id):
        raise NotFound(NO_SESSION)
    audit.record(session, at=at, actor=by, action=Action.END_SESSIONS, subject=account.id, detail={"count": 1})
