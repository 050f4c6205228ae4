"""The public history of a filed letter: a ledger that only grows and names nobody."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.models.letter_work import LetterStep
from content.models.letters import Letter
from content.rules.question_letters.states import StepKind
from portal.core.db import new_id


def step(
    session: Session,
    letter: Letter,
    kind: StepKind,
    *,
    at: datetime,
    reply_number: int | None = None,
    day: date | None = None,
    note: str = "",
) -> None:
    """Write down what happened. ``day``: one that was promised; ``note``: public words."""
    last = select(func.max(LetterStep.position)).where(LetterStep.letter_key == letter.key)
    session.add(
        LetterStep(
            id=new_id(),
            letter_key=letter.key,
            position=(session.scalar(last) or 0) + 1,
            at=at,
            kind=kind,
            reply_number=reply_number,
            day=day,
            note=note,
        )
    )
    session.flush()
