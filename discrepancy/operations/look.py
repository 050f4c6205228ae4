"""Looking at a case: what was written about somebody's affairs is shown only with an entry in the journal."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.actor import Actor


class What(StrEnum):
    """What was looked at."""

    CASE = "case"
    ENQUIRY = "enquiry"
    NOTICE = "notice"


def look(session: Session, number: str, what: What, *, by: Actor, at: datetime, part: str = "") -> None:
    """Record that the actor, who was found to be allowed to, is shown the case or a ``part`` (an id) of it."""
    detail = {"what": what.value, "body": by.body, "part": part}
    audit.record(session, at=at, actor=by, action="discrepancy.case.look", subject=number, detail=detail)
