"""The sender of a letter that was filed shows that its address is theirs, so that mails may go there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from content import policy
from content.queries.question_letters.sender_room import OpenedLetter
from portal.core import audit


def confirm_contact(session: Session, opened: OpenedLetter, *, at: datetime) -> None:
    """The code that went to the address came back. Nothing more happens where it was confirmed before."""
    policy.check_speak(opened.actor, opened.letter)
    if opened.intake.mail_confirmed_at is not None:
        return
    opened.intake.mail_confirmed_at = at
    audit.record(session, at=at, actor=opened.actor, action="content.letter.confirm-contact", subject=opened.letter.key)
