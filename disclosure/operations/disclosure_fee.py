"""Charging what disclosing documents costs (開示実施手数料), as the table of prices makes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.fee import FeeEntry
from disclosure.operations.fees import charge
from disclosure.policy import Right
from disclosure.queries.disclosure_fee import reckoned
from disclosure.rules.fees import FeeKind
from portal.core.actor import Actor


def charge_disclosure(
    session: Session, case: Case, wanted: Mapping[str, int], *, by: Actor, at: datetime
) -> FeeEntry | None:
    """Charge the sheets and pieces ``wanted`` by medium; None where nothing is left to be paid.

    Invalid for a number that cannot be, Conflict where the law charges no copies.
    """
    policy.check(by, Right.HANDLE_FEES, case)
    amount = reckoned(session, case, wanted)
    return charge(session, case, FeeKind.COPIES, amount.yen, by=by, at=at) if amount.yen else None
