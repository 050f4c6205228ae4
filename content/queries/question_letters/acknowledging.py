"""Letters whose arrival nobody has confirmed to their senders yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.letters import Letter
from content.rules.question_letters import clock
from content.rules.question_letters.clock import Duty, Period
from content.rules.question_letters.states import WAITING


@dataclass(frozen=True)
class Unacknowledged:
    """A letter that waits for its acknowledgement, ``due_on`` by ``rule``; ``overdue_days`` is 0 within it."""

    letter: Letter
    due_on: date
    overdue_days: int
    rule: Period


def unacknowledged(session: Session, *, today: date) -> list[Unacknowledged]:
    """All of them, the one that is due first at the head."""
    query = select(Letter).where(Letter.filed, Letter.acknowledged_on.is_(None), Letter.state.in_(sorted(WAITING)))
    found = []
    for letter in session.scalars(query.order_by(Letter.received_on, Letter.key)):
        received = letter.received_on or letter.sent_on
        rule = clock.period(Duty.ACKNOWLEDGE, received)
        due = rule.due(received)
        found.append(Unacknowledged(letter, due, clock.overdue_days(due, done=None, today=today), rule))
    return found
