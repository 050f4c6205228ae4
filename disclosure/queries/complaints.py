"""Complaints: the desk's list, one opened with the key that it is sealed under, and what its sender may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.complaint import Complaint, ComplaintState
from disclosure.queries.keys import case_key
from disclosure.rules.appeals import terms
from disclosure.rules.numbering import read_receipt_number
from disclosure.rules.periods import last_day_of_months
from portal.core import code_lock
from portal.core.actor import Actor
from portal.core.errors import N_, Gone, NotFound
from portal.core.sealed import open_json, open_text
from portal.core.vault import CaseKey, OfficeVault

MARK = "苦"
TABLE = Complaint.__tablename__
MOST = 300
ERASED = N_("This complaint was erased. Only its number and its days are left.")


@dataclass(frozen=True)
class ComplaintRow:
    """A line of the list. ``case_number`` is empty for a complaint about no case."""

    complaint: Complaint
    case_number: str
    days_left: int


def complaint_list(session: Session, *, actor: Actor, today: date, answered: bool) -> list[ComplaintRow]:
    """Open ones, the most urgent first; or those that were answered, the newest first. Nothing is opened."""
    policy.check(actor, policy.Right.HANDLE_COMPLAINT)
    state = ComplaintState.ANSWERED if answered else ComplaintState.OPEN
    order = Complaint.answered_on.desc() if answered else Complaint.due_on
    wanted = (
        select(Complaint, Case.number)
        .outerjoin(Case, Case.id == Complaint.case_id)
        .where(Complaint.state == state)
        .order_by(order, Complaint.number)
        .limit(MOST)
    )
    return [
        ComplaintRow(row, number or "", (row.due_on - today).days) for row, number in session.execute(wanted)
    ]  # fmt: skip


def of_case(session: Session, case: Case) -> list[Complaint]:
    """The complaints about a case, oldest first."""
    wanted = select(Complaint).where(Complaint.case_id == case.id)
    return list(session.scalars(wanted.order_by(Complaint.received_on, Complaint.number)))


def complaint(session: Session, number: str, *, actor: Actor) -> Complaint:
    """One complaint, for staff; NotFound."""
    policy.check(actor, policy.Right.HANDLE_COMPLAINT)
    row = session.scalar(select(Complaint).where(Complaint.number == number))
    if row is None:
        raise NotFound
    return row


def key_of(session: Session, vault: OfficeVault, row: Complaint) -> CaseKey:
    """The key that a complaint is sealed under. Gone when it was destroyed."""
    if row.case_id is not None:
        return case_key(vault, session.get_one(Case, row.case_id))
    if row.office_wrap is None:
        raise Gone(ERASED)
    return vault.open_case(row.id, row.office_wrap)


def said(key: CaseKey, row: Complaint) -> dict[str, Any]:
    """What was written."""
    value: dict[str, Any] = open_json(key, TABLE, "said", row.id, row.said_sealed)
    return value


def answer(key: CaseKey, row: Complaint) -> str:
    """What was answered, empty while nothing was."""
    return open_text(key, TABLE, "answer", row.id, row.answer_sealed) if row.answer_sealed is not None else ""


def open_with_code(session: Session, number: str, code: str) -> tuple[Complaint, CaseKey] | None:
    """The complaint without a case that number and code belong to; None when they do not, after the same time."""
    written = read_receipt_number(number, mark=MARK)
    row = session.scalar(select(Complaint).where(Complaint.number == written)) if written else None
    key = code_lock.open_with_code(row.id if row else "", code_lock.lock_of(row), code)
    return (row, key) if row is not None and key is not None else None


def expired(session: Session, *, today: date) -> list[Complaint]:
    """Complaints of no case that were answered so long ago that they need not be kept any more."""
    wanted = select(Complaint).where(
        Complaint.case_id.is_(None), Complaint.erased_on.is_(None), Complaint.answered_on.is_not(None)
    )
    return [
        row
        for row in session.scalars(wanted.order_by(Complaint.answered_on))
        if row.answered_on is not None
        and last_day_of_months(row.answered_on, terms(row.received_on).complaint_months) < today
    ]
