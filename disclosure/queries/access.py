"""Who looked at a case: role and time, for its requester and for auditors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.queries.procedure import uniform_answer
from portal.core.actor import Actor, ActorKind
from portal.core.audit import Entry

LOOK = "disclosure.case.look"
MOST = 500


@dataclass(frozen=True)
class Look:
    """One look: when, who (staff, resident, system), in which roles, at what. ``actor_id`` is for staff's eyes only."""

    at: datetime
    kind: str
    roles: tuple[str, ...]
    what: str
    actor_id: str


def access_history(session: Session, case: Case, *, actor: Actor) -> list[Look]:
    """The looks at a case, newest first, at most 500. The requester sees roles, never who the person was.

    Where everybody gets the same answer they see their own looks only: how often and when the desk opened the case may
    depend on whether there is anything.
    """
    policy.check(actor, policy.Right.SEE_ACCESS, case)
    wanted = select(Entry).where(Entry.subject == case.number, Entry.action == LOOK).order_by(Entry.seq.desc())
    if actor.kind is ActorKind.RESIDENT and uniform_answer(case) is not None:
        wanted = wanted.where(Entry.actor_kind == ActorKind.RESIDENT)
    return [
        Look(
            at=row.at,
            kind=row.actor_kind,
            roles=tuple(part for part in str(row.detail.get("roles") or "").split(",") if part),
            what=str(row.detail.get("what") or ""),
            actor_id=row.actor_id if actor.kind is ActorKind.STAFF else "",
        )
        for row in session.scalars(wanted.limit(MOST))
    ]
