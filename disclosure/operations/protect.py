"""Protecting an address from becoming known (被害者の保護), or no longer protecting it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.event import Audience
from disclosure.operations.assign import note
from disclosure.operations.history import book, tell
from portal.core.actor import Actor
from portal.core.errors import N_, Conflict, Invalid
from portal.core.vault import OfficeVault


def protect(
    session: Session, case: Case, wanted: bool, reason: str, *, vault: OfficeVault, by: Actor, at: datetime
) -> None:
    """Set or lift the protection. The reason is sealed among the notes; no event says more than that it happened."""
    policy.check(by, policy.Right.PROTECT, case)
    if case.protected is wanted:
        raise Conflict(N_("A colleague has done this already."))
    if not reason.strip():
        raise Invalid(N_("Say why."), field="reason")
    note(
        session,
        case,
        ("住所の秘匿を始める理由：" if wanted else "住所の秘匿をやめる理由：") + reason,
        vault=vault,
        by=by,
        at=at,
    )
    case.protected = wanted
    session.flush()
    verb = "protection-set" if wanted else "protection-lifted"
    tell(session, case, verb, by=by, at=at, audience=Audience.STAFF)
    book(session, case, verb, by=by, at=at)
