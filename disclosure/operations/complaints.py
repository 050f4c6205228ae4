"""Complaints (苦情): taking one in, answering it, and destroying its key when it need not be kept any longer.

個人情報の保護に関する法律 第40条・第128条, 住民基本台帳法 第30条の36, 公的個人認証法 第62条.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.complaint import Complaint, ComplaintState
from disclosure.operations.history import book, tell
from disclosure.operations.notify import notify_resident
from disclosure.policy import Right
from disclosure.queries import complaints as queries
from disclosure.rules import numbering
from disclosure.rules.appeals import terms
from disclosure.rules.kinds import Channel
from disclosure.rules.statistics import fiscal_year
from portal.core import audit, code_lock, screening
from portal.core.actor import Actor, ActorKind
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Forbidden, Invalid, NotFound
from portal.core.sealed import seal_json, seal_text
from portal.core.vault import CaseKey, OfficeVault, PublicVault
from portal.letters.operations import numbers

SERIES = "complaint"
TABLE = Complaint.__tablename__
MISSING = N_("Please fill in this field.")
NOT_THEN = N_("This cannot have been on that day.")


@dataclass(frozen=True)
class Words:
    """What a complaint says; who says it and how to reach them may be left out."""

    text: str
    name: str = ""
    contact: str = ""
    wish: str = ""


@dataclass(frozen=True)
class Filed:
    """The receipt. ``code`` opens the answer of a complaint without a case; empty where there is a case."""

    number: str
    code: str
    repeated: bool


def file_complaint(
    session: Session,
    words: Words,
    *,
    submission_key: str,
    code: str,
    vault: PublicVault,
    language: str,
    by: Actor,
    at: datetime,
    channel: Channel = Channel.WEB,
    received_on: date | None = None,
) -> Filed:
    """Take in a complaint about no case once, sealed under a key of its own that ``code`` opens."""
    if by.kind is ActorKind.STAFF:
        policy.check(by, Right.HANDLE_COMPLAINT)
    elif channel is not Channel.WEB or received_on is not None:
        raise Forbidden
    day = _day(received_on, at)
    _screen(words)
    numbers.hold(session, SERIES, fiscal_year(day))
    if (known := _known(session, submission_key)) is not None:
        return Filed(known.number, code, repeated=True)
    row_id = new_id()
    key, wrap = vault.new_case(row_id)
    lock = code_lock.lock_with_code(key, row_id, code)
    row = _row(session, row_id, submission_key, words, key, channel, language, day, by, at)
    row.office_wrap, row.code_salt = wrap, lock.salt
    row.code_verifier, row.code_wrap = lock.verifier, lock.wrap
    session.add(row)
    session.flush()
    _book(session, row, "file", by=by, at=at)
    return Filed(row.number, code, repeated=False)


def file_about_case(
    session: Session,
    case: Case,
    words: Words,
    *,
    submission_key: str,
    key: CaseKey,
    by: Actor,
    at: datetime,
    channel: Channel = Channel.WEB,
    received_on: date | None = None,
) -> Filed:
    """Take in a complaint about a case; it is sealed under the case's key and goes with it."""
    policy.check(by, Right.READ if by.kind is ActorKind.RESIDENT else Right.HANDLE_COMPLAINT, case)
    day = _day(received_on, at)
    _screen(words)
    numbers.hold(session, SERIES, fiscal_year(day))
    if (known := _known(session, submission_key)) is not None:
        if known.case_id != case.id:
            raise NotFound
        return Filed(known.number, "", repeated=True)
    row = _row(session, new_id(), submission_key, words, key, channel, case.language, day, by, at)
    row.case_id = case.id
    session.add(row)
    session.flush()
    tell(session, case, "complaint-filed", by=by, at=at, number=row.number)
    book(session, case, "file-complaint", by=by, at=at, complaint=row.number)
    return Filed(row.number, "", repeated=False)


def answer_complaint(
    session: Session, row: Complaint, text: str, *, vault: OfficeVault, by: Actor, at: datetime
) -> None:  # fmt: skip
    """Answer it; its sender reads the answer here. Conflict when somebody answered it before."""
    policy.check(by, Right.HANDLE_COMPLAINT)
    session.refresh(row, with_for_update=True)
    if row.state is not ComplaintState.OPEN:
        raise Conflict(N_("This complaint was answered before."))
    if not text.strip():
        raise Invalid(MISSING, field="answer")
    screening.lines(text, field="answer")
    key = queries.key_of(session, vault, row)
    row.answer_sealed = seal_text(key, TABLE, "answer", row.id, text)
    row.state, row.answered_on = ComplaintState.ANSWERED, day_in_japan(at)
    row.answered_by, row.answered_name = by.id, by.name
    session.flush()
    case = session.get(Case, row.case_id) if row.case_id else None
    if case is not None:
        notify_resident(session, case, f"complaint:{row.id}", at=at)
        tell(session, case, "complaint-answered", by=by, at=at, number=row.number)
        book(session, case, "answer-complaint", by=by, at=at, complaint=row.number)
    else:
        _book(session, row, "answer", by=by, at=at)


def look_at_complaint(session: Session, row: Complaint, *, by: Actor, at: datetime) -> None:
    """Record that somebody is shown a complaint."""
    case = session.get(Case, row.case_id) if row.case_id else None
    if case is not None:
        book(session, case, "look", by=by, at=at, what="case", page="complaint")
    else:
        _book(session, row, "look", by=by, at=at)


def erase_expired(session: Session, *, by: Actor, at: datetime) -> list[str]:
    """Destroy the keys of complaints that need not be kept any more; the numbers of those. A certificate stays."""
    policy.check(by, Right.ERASE)
    done = []
    for row in queries.expired(session, today=day_in_japan(at)):
        row.office_wrap = row.code_salt = row.code_verifier = row.code_wrap = None
        row.erased_on = day_in_japan(at)
        session.flush()
        _book(session, row, "erase", by=by, at=at)
        done.append(row.number)
    return done


def _row(
    session: Session,
    row_id: str,
    submission_key: str,
    words: Words,
    key: CaseKey,
    channel: Channel,
    language: str,
    day: date,
    by: Actor,
    at: datetime,
) -> Complaint:
    fiscal = fiscal_year(day)
    number = numbering.receipt_number(queries.MARK, fiscal, numbers.take(session, SERIES, fiscal))
    return Complaint(
        id=row_id,
        number=number,
        submission_key=submission_key,
        channel=channel,
        language=language,
        state=ComplaintState.OPEN,
        received_on=day,
        due_on=day + timedelta(days=terms(day).complaint_days),
        said_sealed=seal_json(key, TABLE, "said", row_id, asdict(words)),
        filed_at=at,
        filed_kind=by.kind.value,
        filed_by=by.id,
    )


def _known(session: Session, submission_key: str) -> Complaint | None:
    if not 16 <= len(submission_key) <= 64:
        raise Invalid(N_("The form is damaged. Start again."))
    return session.scalar(select(Complaint).where(Complaint.submission_key == submission_key))


def _day(received_on: date | None, at: datetime) -> date:
    today = day_in_japan(at)
    if received_on is not None and received_on > today:
        raise Invalid(NOT_THEN, field="received-on")
    return received_on or today


def _screen(words: Words) -> None:
    if not words.text.strip():
        raise Invalid(MISSING, field="text")
    screening.lines(words.text, field="text")
    for field in ("name", "contact", "wish"):
        screening.line(getattr(words, field), field=field)


def _book(session: Session, row: Complaint, verb: str, *, by: Actor, at: datetime) -> None:
    roles = ",".join(sorted(role.value for role in by.roles))
    audit.record(
        session, at=at, actor=by, action=f"disclosure.complaint.{verb}", subject=row.number, detail={"roles": roles}
    )  # fmt: skip
