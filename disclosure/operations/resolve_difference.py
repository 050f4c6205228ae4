"""A difference between record and request that was put right in the record, so that nothing has leaked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.comparison import DifferenceResolved
from disclosure.operations.assign import note
from disclosure.operations.history import book
from disclosure.policy import Right
from disclosure.queries.comparisons import differences
from disclosure.queries.keys import case_key
from disclosure.queries.leaks import open_leak
from portal.core import screening
from portal.core.actor import Actor
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Forbidden, Invalid
from portal.core.sealed import seal_text
from portal.core.vault import OfficeVault

NOTHING = N_("There is no difference that waits to be resolved.")
YOURS = N_("You found the difference, so somebody else has to say that it is put right.")
WHY = N_("Say what was wrong and how it was put right.")


def resolve_difference(session: Session, case: Case, why: str, *, vault: OfficeVault, by: Actor, at: datetime) -> None:
    """Say how the record was put right. Everything compared before counts no longer: compare anew.

    Forbidden for whoever found the difference, Conflict while a leak of the case is open or without a difference.
    """
    policy.check(by, Right.SECOND_LOOK, case)
    found = differences(session, case)
    if not found:
        raise Conflict(NOTHING)
    if open_leak(session, case) is not None:
        raise Conflict(N_("A leak of this case is open: assess it there."))
    if by.id in {row.compared_by for row in found}:
        raise Forbidden(YOURS)
    if not why.strip():
        raise Invalid(WHY, field="why")
    screening.lines(why, field="why")
    row = DifferenceResolved(id=new_id(), case_id=case.id, resolved_at=at, resolved_by=by.id, resolved_name=by.name)
    row.why_sealed = seal_text(case_key(vault, case), DifferenceResolved.__tablename__, "why", row.id, why)
    session.add(row)
    session.flush()
    note(session, case, f"記録と請求の相違を解消した理由：{why}", vault=vault, by=by, at=at)
    book(session, case, "resolve-difference", by=by, at=at, differences=len(found))
