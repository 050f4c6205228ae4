"""Write to the sender of a letter: that it arrived, was confirmed or goes back, that an answer is there or is late."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from content.models.intake import Intake
from content.models.letters import Letter
from portal.core import jobs

TELL = "content.tell_sender"


class Notice(StrEnum):
    """Which mail: ``mails/letter-<notice>.<language>.txt``. Each says only the number, days, and where to look."""

    FILED = "filed"
    ACKNOWLEDGED = "acknowledged"
    REPLY = "reply"
    RETURNED = "returned"
    OVERDUE = "overdue"


def tell_sender(session: Session, letter: Letter, notice: Notice, *, at: datetime) -> bool:
    """Have a mail written to the address that the sender confirmed; false where there is none."""
    intake = session.get(Intake, letter.key)
    if intake is None or intake.mail_confirmed_at is None:
        return False
    jobs.enqueue(session, TELL, due_at=at, letter=letter.key, notice=str(notice))
    return True
