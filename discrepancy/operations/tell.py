"""Have a body's desk told by mail that something is new: what and where, never what is in it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from portal.core import jobs

TELL = "discrepancy.tell_body"


class Told(StrEnum):
    """What is new."""

    ENQUIRY = "enquiry"
    ANSWER = "answer"
    NOTICE = "notice"
    STEP = "step"
    ACCEPTED = "accepted"
    OPENED = "opened"


def tell(session: Session, body_code: str, what: Told, about: str, *, at: datetime) -> None:
    """Enqueue the mail; ``about``: the case's number or the notice's id. One thing is told of once a second at most."""
    key = f"{TELL}/{body_code}/{what}/{about}@{at.timestamp():.0f}"
    jobs.enqueue(session, TELL, due_at=at, key=key, body=body_code, what=what.value)
