"""Many requests on paper at once: all of them are filed, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.operations.reception import PaperRequest, receive
from disclosure.operations.submit import Secrets, Submitted
from disclosure.rules.reception import MOST_ROWS
from portal.core import audit
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Invalid
from portal.core.settings import Organisation
from portal.core.vault import OfficeVault
from portal.letters.numbering import fiscal_year
from portal.letters.operations import numbers


@dataclass(frozen=True)
class BulkRow:
    """One row: its number in the file, the request, and the secrets made for it beforehand."""

    number: int
    request: PaperRequest
    secrets: Secrets


def receive_all(
    session: Session,
    rows: Sequence[BulkRow],
    *,
    batch_key: str,
    vault: OfficeVault,
    organisation: Organisation,
    by: Actor,
    at: datetime,
) -> list[Submitted]:
    """File every row in the caller's one transaction, in their order; the same ``batch_key`` files them once.

    Invalid, with ``row``, for the first row that cannot be taken: the caller rolls back, so that none is filed.
    """
    policy.check(by, policy.Right.FILE)
    if not 0 < len(rows) <= MOST_ROWS:
        raise Invalid(N_("A file may have between 1 and %(n)s requests."), n=MOST_ROWS)
    today = day_in_japan(at)
    # Every series is held first and in order, so that no two transactions wait for each other.
    for year in sorted({fiscal_year(row.request.application.received_on or today) for row in rows}):
        numbers.hold(session, numbers.RECEIPTS, year)
    done = []
    for row in rows:
        try:
            done.append(
                receive(
                    session,
                    row.request,
                    submission_key=f"{batch_key}-{row.number}",
                    secrets=row.secrets,
                    vault=vault,
                    organisation=organisation,
                    by=by,
                    at=at,
                )
            )
        except Invalid as error:
            raise Invalid(error.message, **{**error.params, "row": row.number}) from None
    audit.record(
        session,
        at=at,
        actor=by,
        action="disclosure.reception.bulk",
        subject=batch_key[:8],
        detail={"filed": sum(not one.repeated for one in done), "repeated": sum(one.repeated for one in done)},
    )
    return done
