"""Wrapping every case's key for the newest key of the back office."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.operations import follow_by_mail, webhooks
from content.operations.question_letters import letter_keys
from disclosure.models.case import CaseKeys
from disclosure.models.complaint import Complaint
from portal.core import audit
from portal.core.actor import Actor, ActorKind, Role
from portal.core.errors import Forbidden
from portal.core.vault import OfficeVault


def rotate(session: Session, *, vault: OfficeVault, by: Actor, at: datetime) -> int:
    """Rewrap all cases; returns how many. The sealed values stay as they are."""
    if by.kind is not ActorKind.SYSTEM and not by.has(Role.ADMINISTRATOR):
        raise Forbidden
    count = 0
    for row in session.scalars(select(CaseKeys).order_by(CaseKeys.case_id).with_for_update()):
        row.office_wrap = vault.rewrap(row.case_id, row.office_wrap)
        count += 1
    for complaint in session.scalars(select(Complaint).where(Complaint.office_wrap.is_not(None)).with_for_update()):
        complaint.office_wrap = vault.rewrap(complaint.id, complaint.office_wrap or b"")
    follow_by_mail.rewrap(session, vault)
    webhooks.rewrap(session, vault)
    letter_keys.rewrap(session, vault)
    audit.record(session, at=at, actor=by, action="disclosure.keys.rotate", subject="keys", detail={"cases": count})
    return count
