"""The code of the rest of a request, on paper, for people who made it on paper and never open its page."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.operations.look import What, look
from disclosure.policy import Right
from disclosure.queries.keys import case_key
from disclosure.queries.splits import ShownSplit, shown_split, slip_obstacle
from portal.core.actor import Actor
from portal.core.errors import Conflict, NotFound
from portal.core.vault import OfficeVault


def rest_slip(session: Session, case: Case, *, vault: OfficeVault, by: Actor, at: datetime) -> ShownSplit:
    """Number and code of the rest, for printing only; each printing is a look that the requester sees.

    Unlike the code of the request itself it is sealed within the first case, so it can be printed again when the first
    slip was lost on its way. Conflict for whoever opens the rest from the page of the first case.
    """
    policy.check(by, Right.DELIVER, case)
    if why := slip_obstacle(session, case):
        raise Conflict(why)
    look(session, case, What.CASE, by=by, at=at, page="rest-slip")
    shown = shown_split(session, case, key=case_key(vault, case))
    if shown is None or not shown.code:
        raise NotFound
    return shown
