"""When an outage is published as over, the cases that waited for it are closed without report (X11)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.operations.public_change import Changed, follow
from content.rules.owners import Owner
from discrepancy.models.cases import Discrepancy
from discrepancy.rules.states import CaseState
from portal.core import jobs

END = "discrepancy.end_outage"


@follow
def end_later(session: Session, changed: Changed) -> None:
    """Have the worker look at the cases that wait for an incident of which something was published."""
    start = f"{Owner.INCIDENT}/"
    keys = [key.removeprefix(start) for key in changed.keys if key.startswith(start)]
    if not keys:
        return
    waiting = select(Discrepancy.incident_key).where(
        Discrepancy.incident_key.in_(keys), Discrepancy.state == CaseState.WAITING_FOR_OPERATOR
    )
    for key in sorted({key for key in session.scalars(waiting) if key}):
        jobs.enqueue(session, END, due_at=changed.at, incident=key)
