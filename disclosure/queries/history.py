"""What happened in a case, oldest first, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.event import Audience, CaseEvent
from disclosure.queries.wording import DAY_PARAMS, EVENTS
from portal.core.actor import Actor, ActorKind


@dataclass(frozen=True)
class Happening:
    """One step: a message id and its parameters (days as dates). ``by`` is empty for the requester's eyes."""

    at: datetime
    code: str
    message: str
    params: dict[str, str | date]
    by: str
    staff_only: bool


def history(session: Session, case: Case, *, actor: Actor) -> list[Happening]:
    """The events that the actor may see."""
    policy.check(actor, policy.Right.SEE_ACCESS, case)
    staff = actor.kind is not ActorKind.RESIDENT
    wanted = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.at, CaseEvent.id)
    if not staff:
        wanted = wanted.where(CaseEvent.visible_to == Audience.RESIDENT)
    return [
        Happening(
            at=row.at,
            code=row.code,
            message=EVENTS[row.code],
            params={
                name: date.fromisoformat(value) if name in DAY_PARAMS else value for name, value in row.params.items()
            },
            by=row.actor_name if staff else "",
            staff_only=row.visible_to is Audience.STAFF,
        )
        for row in session.scalars(wanted)
    ]
