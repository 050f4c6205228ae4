"""Checking who is asking (本人確認)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.identity import IdentityCheck
from disclosure.operations.history import book, tell
from disclosure.operations.moving import begin, reckon
from disclosure.rules import identity
from disclosure.rules.states import Action
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import Invalid


def start_identity_check(session: Session, case: Case, *, by: Actor, at: datetime) -> None:
    """Begin to compare request and document."""
    case.state = begin(session, case, Action.START_IDENTITY_CHECK, by=by)
    if case.assignee_id is None:
        case.assignee_id, case.assignee_name = by.id, by.name
    reckon(session, case, today=day_in_japan(at))
    tell(session, case, "identity-check-started", by=by, at=at)
    book(session, case, "start-identity-check", by=by, at=at)


def confirm_identity(
    session: Session, case: Case, checked: Sequence[identity.Checked], *, by: Actor, at: datetime
) -> None:
    """Record that the documents show who is asking; Invalid says why they do not."""
    state = begin(session, case, Action.CONFIRM_IDENTITY, by=by)
    today = day_in_japan(at)
    if message := identity.problem(checked, received_on=case.received_on, today=today):
        raise Invalid(message, field="checked")
    for row in checked:
        session.add(
            IdentityCheck(
                id=new_id(),
                case_id=case.id,
                document=row.document,
                expires_on=row.expires_on,
                name_agrees=row.name_agrees,
                address_agrees=row.address_agrees,
                checked_by=by.id,
                checked_at=at,
            )
        )
    case.state, case.identity_confirmed_at = state, at
    reckon(session, case, today=today)
    tell(session, case, "identity-confirmed", by=by, at=at)
    book(session, case, "confirm-identity", by=by, at=at, documents=",".join(row.document for row in checked))
