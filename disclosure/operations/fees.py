"""Fees: charging, taking payments, giving back, striking out. Each is an entry of the ledger that stays."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.event import Audience
from disclosure.models.fee import FeeEntry
from disclosure.operations.history import book, tell
from disclosure.operations.notify import notify_resident
from disclosure.policy import Right
from disclosure.queries.fees import Charge, fee_account, fee_law
from disclosure.rules import numbering
from disclosure.rules.fees import MOST_YEN, FeeKind, FeeStep, Way, chargeable, reckon_request
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid
from portal.letters.numbering import fiscal_year
from portal.letters.operations import numbers

SERIES = "fee-receipt"
MARK = "領"
ONLY_OPEN = N_("Only %(yen)s yen are open.")
NOT_CHARGED = N_("This is not charged for this request.")


def charge_at_filing(session: Session, case: Case, *, items: int = 1, by: Actor, at: datetime) -> FeeEntry | None:
    """The fee that a request itself costs, due from its arrival; None where there is none or it is not known."""
    law = fee_law(case)
    amount = reckon_request(law, items) if law is not None else None
    if amount is None or not amount.yen:
        return None
    return _enter(session, case, FeeStep.CHARGED, FeeKind.REQUEST, amount.yen, day=case.received_on, by=by, at=at)


def charge(session: Session, case: Case, what: FeeKind, yen: int, *, by: Actor, at: datetime) -> FeeEntry:
    """Charge an amount. Invalid for what the law does not let be charged, and for an amount that is none."""
    policy.check(by, Right.HANDLE_FEES, case)
    _open_case(case)
    if what not in chargeable(fee_law(case)):
        raise Invalid(NOT_CHARGED, field="what")
    _amount(yen)
    row = _enter(session, case, FeeStep.CHARGED, what, yen, day=day_in_japan(at), by=by, at=at)
    notify_resident(session, case, f"fee:{row.id}", at=at)
    return row


def pay(
    session: Session, case: Case, charge_id: str, way: Way, yen: int, *, paid_on: date, by: Actor, at: datetime
) -> FeeEntry:
    """Enter a payment; it takes the next number of the receipts. Invalid for more than is open."""
    policy.check(by, Right.HANDLE_FEES, case)
    found = fee_account(session, case)
    one, today = found.charge(charge_id), day_in_japan(at)
    _amount(yen)
    if yen > one.open_yen:
        raise Invalid(ONLY_OPEN, yen=one.open_yen, field="yen")
    if found.law is not None and way.value not in found.law.ways:
        raise Invalid(N_("This way of paying is not open here."), field="way")
    if not case.received_on <= paid_on <= today:
        raise Invalid(N_("It cannot have been paid on this day."), field="paid-on")
    fiscal = fiscal_year(today)
    number = numbering.receipt_number(MARK, fiscal, numbers.take(session, SERIES, fiscal))
    return _enter(
        session, case, FeeStep.PAID, one.entry.what, yen,
        day=paid_on, by=by, at=at, charge_id=one.entry.id, way=way, number=number,
    )  # fmt: skip


def refund(session: Session, case: Case, payment_id: str, *, by: Actor, at: datetime) -> FeeEntry:
    """Give a payment back; its charge is open again. Conflict when it was given back before."""
    policy.check(by, Right.HANDLE_FEES, case)
    one, payment = fee_account(session, case).payment(payment_id)
    if payment.refunded:
        raise Conflict(N_("This payment was given back before."))
    yen, today = payment.entry.yen, day_in_japan(at)
    return _enter(
        session, case, FeeStep.REFUNDED, one.entry.what, yen,
        day=today, by=by, at=at, charge_id=one.entry.id, payment_id=payment_id,
    )  # fmt: skip


def strike(session: Session, case: Case, charge_id: str, *, by: Actor, at: datetime) -> FeeEntry:
    """Take a charge away that was entered by mistake. Conflict while something of it is paid or waived."""
    policy.check(by, Right.HANDLE_FEES, case)
    one = fee_account(session, case).charge(charge_id)
    if one.struck or one.paid_yen or one.waived_yen or one.waiver_waits:
        raise Conflict(N_("Only a charge of which nothing is paid, waived or applied for can be taken away."))
    return _enter(
        session, case, FeeStep.STRUCK, one.entry.what, one.entry.yen,
        day=day_in_japan(at), by=by, at=at, charge_id=charge_id,
    )  # fmt: skip


def waive(session: Session, case: Case, one: Charge, waiver_id: str, yen: int, *, by: Actor, at: datetime) -> FeeEntry:
    """Enter that so much of a charge is waived, as an application is granted. Invalid for more than is open."""
    _amount(yen)
    if yen > one.open_yen:
        raise Invalid(ONLY_OPEN, yen=one.open_yen, field="yen")
    return _enter(
        session, case, FeeStep.WAIVED, one.entry.what, yen,
        day=day_in_japan(at), by=by, at=at, charge_id=one.entry.id, waiver_id=waiver_id,
    )  # fmt: skip


def _open_case(case: Case) -> None:
    if case.ended_on is not None:
        raise Conflict(N_("This case has ended."))


def _amount(yen: int) -> None:
    if not 1 <= yen <= MOST_YEN:
        raise Invalid(N_("Enter an amount between 1 and %(most)s yen."), most=MOST_YEN, field="yen")


def _enter(
    session: Session,
    case: Case,
    step: FeeStep,
    what: FeeKind,
    yen: int,
    *,
    day: date,
    by: Actor,
    at: datetime,
    charge_id: str | None = None,
    payment_id: str | None = None,
    waiver_id: str | None = None,
    way: Way | None = None,
    number: str | None = None,
) -> FeeEntry:
    row = FeeEntry(
        id=new_id(), case_id=case.id, step=step, what=what, yen=yen, charge_id=charge_id, payment_id=payment_id,
        waiver_id=waiver_id, way=way, number=number, day=day, entered_at=at, entered_by=by.id, entered_name=by.name,
    )  # fmt: skip
    session.add(row)
    session.flush()
    told = {"yen": str(yen)} | ({"number": number} if number else {})
    tell(session, case, f"fee-{step.value}", by=by, at=at, audience=Audience.RESIDENT, **told)
    book(session, case, f"fee-{step.value}", by=by, at=at, fee=row.id, what=what.value, yen=yen)
    return row
