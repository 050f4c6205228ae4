"""A letter is withdrawn at its sender's wish: that it came stays public, what it says does not."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from content import policy
from content.models.letters import Letter
from content.operations.question_letters.letter_changed import letter_changed
from content.operations.question_letters.letter_steps import step
from content.operations.question_letters.write_reply import discard_all
from content.rules.question_letters.states import LetterAction, LetterState, StepKind, letter_after
from portal.core import audit
from portal.core.actor import Actor


def withdraw(session: Session, letter: Letter, *, by: Actor, at: datetime) -> None:
    """Withdraw a letter that was not answered: its sender does, or reception for them. Forbidden, Conflict."""
    policy.check_withdraw(by, letter)
    session.refresh(letter, with_for_update=True)
    letter.state = letter_after(LetterState(letter.state), LetterAction.WITHDRAW)
    letter.title_ja, letter.sender_name = "", None
    discard_all(session, letter, at=at)
    step(session, letter, StepKind.WITHDRAWN, at=at)
    letter_changed(session, letter, at=at)
    audit.record(session, at=at, actor=by, action="content.letter.withdraw", subject=letter.key)
