"""Comparing whose records these are, by name and birth date, before they are handed out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.comparison import Comparison
from disclosure.models.event import Audience
from disclosure.operations.history import book, tell
from disclosure.policy import Right
from disclosure.queries.comparisons import people, records_sha256
from disclosure.queries.keys import case_files
from disclosure.rules.kinds import FileKind
from disclosure.rules.states import ENDED
from portal.core import screening
from portal.core.actor import Actor
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid
from portal.core.sealed import seal_text
from portal.core.vault import CaseKey


def compare(
    session: Session,
    case: Case,
    *,
    name_agrees: bool,
    birth_agrees: bool,
    differs: str = "",
    key: CaseKey | None = None,
    by: Actor,
    at: datetime,
) -> Comparison:
    """Write down what a person found. ``differs`` says what does not agree, sealed under ``key``; then nothing is

    handed out until it is resolved. Invalid when a difference is not told; Conflict without records.
    """
    policy.check(by, Right.SECOND_LOOK, case)
    if case.state in ENDED or case.released_at is not None or not case_files(session, case, FileKind.RECORD):
        raise Conflict(N_("There is nothing to compare now."))
    agrees = name_agrees and birth_agrees
    screening.lines(differs, field="differs")
    if agrees and differs.strip():
        raise Invalid(N_("Either both agree, or say what differs: not both."), field="differs")
    if not agrees and (not differs.strip() or key is None):
        raise Invalid(N_("Say what differs."), field="differs")
    row = Comparison(
        id=new_id(), case_id=case.id, records_sha256=records_sha256(session, case), name_agrees=name_agrees,
        birth_agrees=birth_agrees, compared_at=at, compared_by=by.id, compared_name=by.name,
    )  # fmt: skip
    if key is not None and not agrees:
        row.differs_sealed = seal_text(key, Comparison.__tablename__, "differs", row.id, differs)
    session.add(row)
    session.flush()
    code = "compared" if agrees else "compared-differs"
    tell(session, case, code, by=by, at=at, audience=Audience.STAFF)
    book(session, case, "compare", by=by, at=at, agrees=agrees, comparison=row.id)
    return row


def insist_on_two(session: Session, case: Case) -> None:
    """Conflict when fewer than two different people compared the records that hold a face photo."""
    if len(people(session, case)) < 2:
        raise Conflict(N_("You compared this photo already. A second, different person has to release it."))
