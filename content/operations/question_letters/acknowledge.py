"""Reception confirms to a sender that the letter arrived."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from content import policy
from content.models.letters import Letter
from content.operations.question_letters.letter_changed import letter_changed
from content.operations.question_letters.letter_steps import step
from content.operations.question_letters.tell_sender import Notice, tell_sender
from content.rules.question_letters.states import WAITING, StepKind
from portal.core import audit
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict


def acknowledge(session: Session, letter: Letter, *, by: Actor, at: datetime) -> bool:
    """Acknowledge a letter, by mail where its sender confirmed an address; whether a mail goes out.

    Where none does, reception says it by post or telephone. Forbidden, Conflict when it was acknowledged before.
    """
    policy.check_receive(by)
    if letter.acknowledged_on is not None or letter.state not in WAITING:
        raise Conflict(N_("Its arrival was confirmed before."))
    letter.acknowledged_on = day_in_japan(at)
    step(session, letter, StepKind.ACKNOWLEDGED, at=at)
    letter_changed(session, letter, at=at)
    audit.record(session, at=at, actor=by, action="content.letter.acknowledge", subject=letter.key)
    return tell_sender(session, letter, Notice.ACKNOWLEDGED, at=at)
