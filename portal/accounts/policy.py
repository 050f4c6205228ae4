"""Who may do what with accounts, jobs and the journal."""

from __future__ import annotations

from enum import StrEnum

from portal.accounts.models import StaffAccount
from portal.core.actor import Actor, ActorKind, Role
from portal.core.errors import N_, Forbidden


class Action(StrEnum):
    """What is done; the values are the names in the journal."""

    LOOK_AT_ACCOUNTS = "accounts.account.look"
    CREATE = "accounts.account.create"
    SET_ROLES = "accounts.account.set_roles"
    SET_DEPARTMENT = "accounts.account.set_department"
    DISABLE = "accounts.account.disable"
    ENABLE = "accounts.account.enable"
    RESET_PASSWORD = "accounts.password.reset"  # noqa: S105 - a name, no secret
    CHANGE_PASSWORD = "accounts.password.change"  # noqa: S105 - a name, no secret
    SIGN_IN = "accounts.session.begin"
    REFUSE = "accounts.session.refuse"
    SIGN_OUT = "accounts.session.end"
    END_SESSIONS = "accounts.session.end_others"
    CREATE_DEPARTMENT = "accounts.department.create"
    CHANGE_DEPARTMENT = "accounts.department.change"
    CLOSE_DEPARTMENT = "accounts.department.close"
    OPEN_DEPARTMENT = "accounts.department.open"
    LOOK_AT_JOBS = "accounts.job.look"
    RETRY_JOB = "accounts.job.retry"
    READ_JOURNAL = "accounts.journal.read"


ADMINISTRATION = frozenset(
    {
        Action.LOOK_AT_ACCOUNTS,
        Action.CREATE,
        Action.SET_ROLES,
        Action.SET_DEPARTMENT,
        Action.CREATE_DEPARTMENT,
        Action.CHANGE_DEPARTMENT,
        Action.CLOSE_DEPARTMENT,
        Action.OPEN_DEPARTMENT,
        Action.DISABLE,
        Action.ENABLE,
        Action.RESET_PASSWORD,
        Action.END_SESSIONS,
        Action.LOOK_AT_JOBS,
        Action.RETRY_JOB,
    }
)
NEVER_ON_ONESELF = frozenset({Action.SET_ROLES, Action.DISABLE, Action.ENABLE, Action.RESET_PASSWORD})
OWN = frozenset({Action.CHANGE_PASSWORD, Action.SIGN_OUT, Action.END_SESSIONS})
ONESELF = N_("Nobody changes the rights of their own account. Please ask another administrator.")


def may(actor: Actor, action: Action, account: StaffAccount | None = None) -> bool:
    """Whether ``actor`` may do ``action`` on ``account`` (None for actions on no single account)."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    if actor.kind not in (ActorKind.STAFF, ActorKind.BODY):
        return False
    own = account is not None and account.id == actor.id
    if own and action in OWN:
        return True
    if own and action in NEVER_ON_ONESELF:
        return False
    if action is Action.READ_JOURNAL:
        return actor.has(Role.AUDITOR)
    return action in ADMINISTRATION and actor.has(Role.ADMINISTRATOR)


def check(actor: Actor, action: Action, account: StaffAccount | None = None) -> None:
    """Raise Forbidden unless ``may``."""
    if may(actor, action, account):
        return
    if account is not None and account.id == actor.id and action in NEVER_ON_ONESELF:
        raise Forbidden(ONESELF)
    raise Forbidden
