"""Who is doing something."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """The four sorts of actors."""

    STAFF = "staff"
    RESIDENT = "resident"
    PUBLIC = "public"
    SYSTEM = "system"


class Role(StrEnum):
    """What a member of staff is trusted with. A person may have several."""

    RECEPTION = "reception"
    OFFICER = "officer"
    APPROVER = "approver"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Actor:
    """One actor: `id` is an account's or a case's id, never a name; `name` is for showing only."""

    kind: ActorKind
    id: str
    roles: frozenset[Role] = frozenset()
    name: str = ""

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)


SYSTEM = Actor(ActorKind.SYSTEM, "system")
PUBLIC = Actor(ActorKind.PUBLIC, "public")
