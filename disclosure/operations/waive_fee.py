"""Waiving a fee (手数料の減免): applied for with a reason, decided by an approver who did not enter it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.fee import FeeWaiver, WaiverState
from disclosure.operations.fees import waive
from disclosure.operations.filing import Upload, seal_files
from disclosure.operations.history import book, tell
from disclosure.operations.notify import notify_resident
from disclosure.policy import Right
from disclosure.queries.fees import fee_account
from disclosure.queries.fees import waiver as find_waiver
from disclosure.rules.kinds import FileKind
from portal.core import screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Forbidden, Invalid
from portal.core.sealed import seal_text
from portal.core.vault import CaseKey

YOURS = N_("You entered this application, so somebody else with the role of approver must decide on it.")


def ask_waiver(
    session: Session,
    case: Case,
    charge_id: str,
    reason: str,
    *,
    key: CaseKey,
    by: Actor,
    at: datetime,
    uploads: Sequence[Upload] = (),
    asked_on: date | None = None,
) -> FeeWaiver:
    """Apply that what is open of a charge be waived; ``asked_on`` is for paper that the desk enters.

    Conflict where the law knows no waiver, nothing is open or an application waits; Invalid with ``field``.
    """
    policy.check(by, Right.ASK_WAIVER, case)
    found, today = fee_account(session, case), day_in_japan(at)
    one = found.charge(charge_id)
    if not found.knows_waiver(one):
        raise Conflict(N_("The law knows no waiver of this fee."))
    if not one.open_yen:
        raise Conflict(N_("Nothing is to be paid any more."))
    if one.waiver_waits:
        raise Conflict(N_("An application for a waiver waits for its decision already."))
    if not reason.strip():
        raise Invalid(N_("Give the reason."), field="reason")
    screening.lines(reason, field="reason")
    asked = asked_on or today
    if not case.received_on <= asked <= today:
        raise Invalid(N_("It cannot have been asked for on this day."), field="asked-on")
    files = seal_files(session, case, key, uploads, FileKind.EVIDENCE, by=by, at=at) if uploads else []
    row_id = new_id()
    row = FeeWaiver(
        id=row_id, case_id=case.id, charge_id=charge_id, asked_on=asked, asked_at=at, asked_by=by.id,
        asked_name=by.name, files=[file.id for file in files],
        reason_sealed=seal_text(key, FeeWaiver.__tablename__, "reason", row_id, reason),
    )  # fmt: skip
    session.add(row)
    session.flush()
    tell(session, case, "fee-waiver-asked", by=by, at=at)
    book(session, case, "ask-fee-waiver", by=by, at=at, waiver=row_id, files=len(files))
    return row


def decide_waiver(
    session: Session,
    case: Case,
    waiver_id: str,
    *,
    grant: bool,
    answer: str,
    key: CaseKey,
    by: Actor,
    at: datetime,
    yen: int | None = None,
) -> None:
    """Grant or refuse, with the reason that the applicant reads. Forbidden for whoever entered the application.

    ``yen``: by how much a granted one lowers the fee (減額); None waives all that is open (免除).
    """
    policy.check(by, Right.WAIVE_FEE, case)
    row = find_waiver(session, case, waiver_id)
    if row.state is not WaiverState.ASKED:
        raise Conflict(N_("This application is decided already."))
    if row.asked_by == by.id:
        raise Forbidden(YOURS)
    if not answer.strip():
        raise Invalid(N_("Give the reason."), field="answer")
    screening.lines(answer, field="answer")
    one = fee_account(session, case).charge(row.charge_id)
    if grant and not one.open_yen:
        raise Conflict(N_("Nothing is to be paid any more."))
    row.state = WaiverState.GRANTED if grant else WaiverState.REFUSED
    row.decided_at, row.decided_by, row.decided_name = at, by.id, by.name
    row.answer_sealed = seal_text(key, FeeWaiver.__tablename__, "answer", row.id, answer)
    session.flush()
    if grant:
        waive(session, case, one, row.id, one.open_yen if yen is None else yen, by=by, at=at)
    else:
        tell(session, case, "fee-waiver-refused", by=by, at=at)
    notify_resident(session, case, f"fee-waiver:{row.id}", at=at)
    book(session, case, "decide-fee-waiver", by=by, at=at, waiver=row.id, granted=grant)
