"""Acting on a case as it was seen: of two people who act at once the second one learns of the first."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from disclosure.models.case import Case
from portal.core.errors import N_, Conflict

MOVED_ON = N_("Somebody else worked on this case while you had it open. Nothing of yours was saved yet.")


def hold(session: Session, case: Case, *, version: str) -> None:
    """Lock the case at the version that somebody's page was made from; Conflict when it has moved on since.

    The version goes up with this transaction even if only what belongs to the case changes (its files, its draft).
    """
    now = session.scalar(select(Case.version).where(Case.id == case.id).with_for_update())
    if str(now) != version:
        raise Conflict(MOVED_ON)
    flag_modified(case, "state")
