"""Whether the sender of a letter may still say something of an answer: once a question and kind, within the period."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from content.rules.question_letters import clock
from content.rules.question_letters.clock import Duty
from content.rules.question_letters.states import SenderWordKind
from portal.core.errors import N_

NO_ANSWER = N_("This question has no answer yet.")
TOO_LATE = N_("The period in which you can say something of this answer is over.")
SAID_BEFORE = N_("You have said this of the question before. It can be said once.")
NO_WORDS = N_("Write what you ask.")


def until(answered_on: date) -> date:
    """The last day on which the sender may speak of an answer of this day."""
    return clock.period(Duty.ASK_BACK, answered_on).due(answered_on)


def hindrance(kind: SenderWordKind, *, answered_on: date | None, said: Collection[str], today: date) -> str | None:
    """Why this cannot be said now; None: it can. ``said`` are the kinds that were said of the question."""
    if answered_on is None:
        return NO_ANSWER
    if kind in said:
        return SAID_BEFORE
    return TOO_LATE if today > until(answered_on) else None
