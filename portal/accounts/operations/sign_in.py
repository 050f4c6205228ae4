"""Check a login and a password."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import lru_cache

from sqlalchemy.orm import Session

from portal.accounts import queries
from portal.accounts.models import StaffAccount
from portal.accounts.operations.one_time import one_time_password
from portal.accounts.policy import Action
from portal.accounts.rules import normal_login
from portal.core import audit, passwords
from portal.core.actor import PUBLIC
from portal.core.errors import Invalid

UNKNOWN = "unknown"


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    """A hash that no password fits, so that an unknown login costs the same work as a known one."""
    return passwords.hash_password(one_time_password())


def sign_in(session: Session, *, login: str, password: str, at: datetime) -> StaffAccount | None:
    """The account that the login and password open, or None: unknown, wrong and disabled look and cost the same.

    Both outcomes enter the journal; a refused one under the account's id or ``unknown``, never under what was typed.
    """
    account = queries.by_login(session, normal_login(login))
    fits = passwords.verify(account.password_hash if account else _nobodys_hash(), password)
    if account is None or not account.enabled or not fits:
        subject = account.id if account else UNKNOWN
        audit.record(session, at=at, actor=PUBLIC, action=Action.REFUSE, subject=subject)
        return None
    if passwords.needs_rehash(account.password_hash):
        with suppress(Invalid):  # a password from before today's rules stays as it is
            account.password_hash = passwords.hash_password(password)
    account.signed_in_at = at
    audit.record(session, at=at, actor=account.as_actor(), action=Action.SIGN_IN, subject=account.id)
    return account
