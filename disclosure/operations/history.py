"""Writing down what happened: the event that people follow, and the audit entry beside it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.event import Audience, CaseEvent
from disclosure.models.letter import Letter
from portal.core import audit
from portal.core.actor import Actor
from portal.core.db import new_id


def tell(
    session: Session,
    case: Case,
    code: str,
    *,
    by: Actor,
    at: datetime,
    audience: Audience = Audience.RESIDENT,
    **params: str,
) -> None:
    """Add an event to the case's history. ``params`` hold days (ISO), codes and numbers, nothing personal."""
    session.add(
        CaseEvent(
            id=new_id(),
            case_id=case.id,
            at=at,
            code=code,
            params=params,
            visible_to=audience,
            actor_kind=by.kind.value,
            actor_id=by.id,
            actor_name=by.name,
        )
    )


def audience_of(letter: Letter) -> Audience:
    """Who may read what became of a letter: the requester learns nothing of one that went to somebody else."""
    return Audience.RESIDENT if letter.to_requester else Audience.STAFF


def book(
    session: Session, case: Case, verb: str, *, by: Actor, at: datetime, **detail: str | int | bool | None
) -> None:
    """Add ``disclosure.case.<verb>`` to the audit chain, with the actor's roles."""
    roles = ",".join(sorted(role.value for role in by.roles))
    audit.record(
        session,
        at=at,
        actor=by,
        action=f"disclosure.case.{verb}",
        subject=case.number,
        detail={"roles": roles, **detail},
    )
