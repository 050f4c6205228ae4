"""Keeping the records until an opponent has had time to contest the decision (第86条第3項)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.queries.third_parties import release_wait


def lock_release(session: Session, case: Case) -> bool:
    """Set the first day on which the records may be handed out; a day that is set is never taken back to an earlier.

    Returns whether the day is another now.
    """
    wait = release_wait(session, case)
    if wait is None or wait.opens_on is None:
        return False
    if case.release_from is not None and case.release_from >= wait.opens_on:
        return False
    case.release_from = wait.opens_on
    session.flush()
    return True
