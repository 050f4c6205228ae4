"""Erasing a case for good: its key is destroyed, so what was sealed can be opened by nobody, in any copy."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.operations.history import book, tell
from disclosure.queries.retention import held
from portal.core.actor import Actor
from portal.core.errors import N_, Conflict


def erase(session: Session, case: Case, *, reason: str, by: Actor, at: datetime) -> None:
    """Destroy both wraps of the case's key and the indexes of its names; number, days and journal stay.

    Only a case that has ended can be erased. Raises Conflict for an open one, a held one, or one erased before. Old
    backups of the database hold the wraps until they are deleted themselves.
    """
    policy.check(by, policy.Right.ERASE, case)
    if case.ended_on is None:
        raise Conflict(N_("A case that is still open cannot be erased."))
    if case.keys is None:
        raise Conflict(N_("This case was erased before."))
    if held(session, case):
        raise Conflict(N_("A legal hold stands on this case."))
    session.delete(case.keys)
    case.name_index = case.kana_index = case.birth_index = None
    session.flush()
    session.expire(case, ["keys"])
    tell(session, case, "erased", by=by, at=at)
    book(session, case, "erase", by=by, at=at, reason=reason)
