"""Who may do what with numbers and issued letters. Issuing itself is a right of the room whose letter it is."""

from __future__ import annotations

from enum import StrEnum

from portal.core.actor import Actor, ActorKind, Role
from portal.core.errors import Forbidden


class Right(StrEnum):
    """What is done; the values are the names in the journal."""

    VOID_NUMBER = "letters.number.void"
    WITHDRAW = "letters.letter.withdraw"
    READ_NUMBERS = "letters.number.read"


STAFF: dict[Right, frozenset[Role]] = {
    Right.VOID_NUMBER: frozenset({Role.APPROVER, Role.ADMINISTRATOR}),
    Right.WITHDRAW: frozenset({Role.APPROVER}),
    Right.READ_NUMBERS: frozenset({Role.APPROVER, Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR}),
}


def may(actor: Actor, right: Right) -> bool:
    """Whether the actor may do this."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    return actor.kind is ActorKind.STAFF and actor.has(*STAFF[right])


def check(actor: Actor, right: Right) -> None:
    """Raise Forbidden unless ``may``."""
    if not may(actor, right):
        raise Forbidden
