"""Finding one case, for somebody who may see it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from portal.core.actor import Actor
from portal.core.errors import NotFound


def find(session: Session, number: str, *, actor: Actor) -> Case:
    """The case with this receipt number; NotFound when there is none that the actor may read."""
    case = session.scalar(select(Case).where(Case.number == number))
    if case is None or not policy.may(actor, policy.Right.READ, case):
        raise NotFound
    return case


def find_by_id(session: Session, case_id: str, *, actor: Actor) -> Case:
    """The case with this id, for the resident whose session holds it; NotFound as ``find``."""
    case = session.get(Case, case_id)
    if case is None or not policy.may(actor, policy.Right.READ, case):
        raise NotFound
    return case
