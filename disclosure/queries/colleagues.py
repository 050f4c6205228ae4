"""Who can be put in charge of a case."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from portal.accounts.models import StaffAccount
from portal.core.actor import Actor, Role


@dataclass(frozen=True)
class Colleague:
    """A member of staff who works at the desk."""

    id: str
    name: str
    roles: frozenset[Role]
    department_id: str | None


def colleagues(session: Session, *, actor: Actor) -> list[Colleague]:
    """Everybody with an open account and a role at the desk, by name."""
    policy.check(actor, policy.Right.SEE_DESK)
    rows = session.scalars(select(StaffAccount).where(StaffAccount.disabled_at.is_(None)).order_by(StaffAccount.name))
    return [Colleague(row.id, row.name, row.role_set, row.department_id) for row in rows if row.role_set & policy.DESK]
