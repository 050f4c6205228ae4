"""Who is doing something."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """The sorts of actors. ``body``: somebody of another body (a municipality, a ministry) with an account here."""

    STAFF = "staff"
    BODY = "body"
    RESIDENT = "resident"
    PUBLIC = "public"
    SYSTEM = "system"


class Role(StrEnum):
    """What a member of staff is trusted with. A person may have several.

    ``correspondent`` is the one role of people of other bodies.
    """

    RECEPTION = "reception"
    OFFICER = "officer"
    APPROVER = "approver"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    CORRESPONDENT = "correspondent"


# The roles that staff of the organisation itself may have.
STAFF_ROLES = tuple(role for role in Role if role is not Role.CORRESPONDENT)


@dataclass(frozen=True)
class Actor:
    """One actor: `id` is an account's or a case's id, never a name; `name` is for showing only.

    `body`: the code of the other body that it acts for; empty for everybody else.
    """

    kind: ActorKind
    id: str
    roles: frozenset[Role] = frozenset()
    name: str = ""
    body: str = ""

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)


SYSTEM = Actor(ActorKind.SYSTEM, "system")
PUBLIC = Actor(ActorKind.PUBLIC, "public")
