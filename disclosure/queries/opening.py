"""Opening one's own case with receipt number and access code."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.rules.numbering import read_receipt_number
from portal.core import code_lock
from portal.core.actor import Actor, ActorKind
from portal.core.vault import CaseKey


@dataclass(frozen=True)
class OpenedCase:
    """A case in the hands of its requester: the key opens its values, ``actor`` acts for them."""

    case: Case
    key: CaseKey
    actor: Actor


def resident(case: Case) -> Actor:
    """The requester of a case as an actor; the id is the case's."""
    return Actor(ActorKind.RESIDENT, case.id)


def open_with_code(session: Session, number: str, code: str, *, receipt_mark: str) -> OpenedCase | None:
    """The case, or None when number and code do not belong together.

    An unknown number costs the same time as a wrong code, so that numbers cannot be tried out. Throttling is the
    caller's duty.
    """
    written = read_receipt_number(number, mark=receipt_mark)
    case = session.scalar(select(Case).where(Case.number == written)) if written else None
    key = code_lock.open_with_code(case.id if case else "", code_lock.lock_of(case.keys if case else None), code)
    return OpenedCase(case, key, resident(case)) if case is not None and key is not None else None
