"""Choose a new password, or give somebody a one-time password."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import policy
from portal.accounts.models import StaffAccount
from portal.accounts.operations.one_time import one_time_password
from portal.accounts.policy import Action
from portal.core import audit, passwords
from portal.core.actor import Actor
from portal.core.errors import N_, Invalid
from portal.web import sessions

WRONG = N_("The current password is not right.")
SAME = N_("Please choose a password that you do not use now.")


class WrongPassword(Invalid):
    """The current password does not fit; concerns the first field."""

    default = WRONG


def change_password(
    session: Session, account: StaffAccount, *, current: str, new: str, by: Actor, at: datetime
) -> None:
    """Set one's own new password and end all sessions of the account; the door opens a new one.

    Raises WrongPassword, or Invalid with the reason when the new one does not fit.
    """
    policy.check(by, Action.CHANGE_PASSWORD, account)
    if not passwords.verify(account.password_hash, current):
        raise WrongPassword
    if new == current:
        raise Invalid(SAME)
    _set(session, account, new, at)
    account.must_change_password = False
    audit.record(session, at=at, actor=by, action=Action.CHANGE_PASSWORD, subject=account.id)


def reset_password(session: Session, account: StaffAccount, *, by: Actor, at: datetime) -> str:
    """Give the account a one-time password, end its sessions; returns the password, which is stored nowhere."""
    policy.check(by, Action.RESET_PASSWORD, account)
    clear = one_time_password()
    _set(session, account, clear, at)
    account.must_change_password = True
    audit.record(session, at=at, actor=by, action=Action.RESET_PASSWORD, subject=account.id)
    return clear


def _set(session: Session, account: StaffAccount, clear: str, at: datetime) -> None:
    account.password_hash = passwords.hash_password(clear)
    account.password_changed_at = at
    sessions.end_sessions(session, account.id)
