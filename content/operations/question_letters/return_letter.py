"""What is no question letter goes back to its sender, with a reason that the public reads."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from content import policy
from content.models.letters import Letter
from content.operations.question_letters.letter_changed import letter_changed
from content.operations.question_letters.letter_steps import step
from content.operations.question_letters.tell_sender import Notice, tell_sender
from content.operations.question_letters.write_reply import WHY
from content.rules.question_letters.states import LetterAction, LetterState, StepKind, letter_after
from portal.core import audit, screening
from portal.core.actor import Actor
from portal.core.errors import N_, Invalid


def return_letter(session: Session, letter: Letter, *, reason: str, by: Actor, at: datetime) -> None:
    """Give a letter back. ``reason`` is published and names nobody; a mail tells the sender where to read it."""
    policy.check_receive(by)
    state = letter_after(LetterState(letter.state), LetterAction.RETURN)
    screening.lines(reason, field="reason", limits=WHY)
    if not reason.strip():
        raise Invalid(N_("Say why it goes back."), field="reason")
    letter.state = state
    step(session, letter, StepKind.RETURNED, at=at, note=reason)
    letter_changed(session, letter, at=at)
    tell_sender(session, letter, Notice.RETURNED, at=at)
    audit.record(session, at=at, actor=by, action="content.letter.return", subject=letter.key)
