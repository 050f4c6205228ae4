"""Telling the requester by mail that there is something new; the mail itself says nothing else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from portal.core import jobs

KIND = "disclosure.notify_resident"


def notify_resident(session: Session, case: Case, occasion: str, *, at: datetime) -> None:
    """Enqueue the notice if the requester wished for mail. ``occasion`` chooses the text; a repeat adds nothing."""
    if case.wants_mail:
        jobs.enqueue(session, KIND, due_at=at, key=f"{KIND}:{case.id}:{occasion}", case=case.id, occasion=occasion)
