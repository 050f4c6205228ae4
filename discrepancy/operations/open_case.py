"""A body opens a case: what was delivered and the papers differ, or nothing was delivered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from discrepancy import policy
from discrepancy.models.cases import CaseBody, Discrepancy
from discrepancy.operations.steps import TABLE, record, vault_case, write_down
from discrepancy.queries.access import find_body
from discrepancy.queries.codes import codes
from discrepancy.rules.codes import Code, CodeTable, offered
from discrepancy.rules.enquiry import serial_fault
from discrepancy.rules.report_checks import FUTURE, NOT_A_CHOICE, NOT_UNDER
from discrepancy.rules.states import CaseKind, CaseState, Party
from portal.core import screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict, Invalid
from portal.core.sealed import seal_text
from portal.core.vault import CaseKey, OfficeVault
from portal.letters.numbering import fiscal_year
from portal.letters.operations import numbers

SERIES = "discrepancy"
OPEN = "open"
CLOSED_BODY = N_("This body is closed.")
SAY_WHAT = N_("Say what was noticed.")


@dataclass(frozen=True, repr=False)
class NewCase:
    """``serial``: the message serial number (処理通番) of the query, empty where nothing was sent. ``affair`` and
    ``information`` are codes."""

    kind: CaseKind
    affair: str
    information: str
    occurred_at: datetime
    summary: str
    serial: str = ""


def open_case(session: Session, new: NewCase, *, vault: OfficeVault, by: Actor, at: datetime) -> Discrepancy:
    """Open a case of the actor's body. Invalid with the field, Forbidden, Conflict for a closed body."""
    policy.check_open(by)
    body = find_body(session, by.body)
    if body.closed_on is not None:
        raise Conflict(CLOSED_BODY)
    check_subject(codes(session), new.affair, new.information, day_in_japan(at))
    if new.occurred_at > at:
        raise Invalid(FUTURE, field="occurred_on")
    if not new.summary.strip():
        raise Invalid(SAY_WHAT, field="summary")
    screening.lines(new.summary, field="summary")
    serial = new.serial.strip()
    if serial and (fault := serial_fault(serial)):
        raise Invalid(fault, field="serial")
    number, year, sequence, key, wrap = number_case(session, vault=vault, at=at)
    case = Discrepancy(
        number=number,
        fiscal_year=year,
        sequence=sequence,
        kind=new.kind,
        state=CaseState.DOUBT,
        inquirer_code=body.code,
        affair=new.affair,
        information=new.information,
        occurred_at=new.occurred_at,
        opened_at=at,
        changed_at=at,
        opened_by=by.id,
        summary=seal_text(key, TABLE, "summary", number, new.summary),
        serial=seal_text(key, TABLE, "serial", number, serial) if serial else None,
        serial_index=vault.blind(SERIES, serial.upper()) if serial else None,
        office_wrap=wrap,
    )
    session.add(case)
    session.flush()
    session.add(CaseBody(case_number=number, body_code=body.code, party=Party.INQUIRER))
    write_down(session, case, OPEN, vault=vault, by=by, at=at)
    record(session, case, OPEN, by=by, at=at, detail={"kind": new.kind, "affair": new.affair})
    return case


class Numbered(NamedTuple):
    """What a new case begins with: its number, made of fiscal year and sequence, and its key with the wrap to store."""

    number: str
    fiscal_year: int
    sequence: int
    key: CaseKey
    wrap: bytes


def number_case(session: Session, *, vault: OfficeVault, at: datetime) -> Numbered:
    """Take the next number of the year and make the case's key."""
    year = fiscal_year(day_in_japan(at))
    sequence = numbers.take(session, SERIES, year)
    number = f"d-{year}-{sequence:06d}"
    key, wrap = vault.new_case(vault_case(number))
    return Numbered(number, year, sequence, key, wrap)


def check_subject(rows: tuple[Code, ...], affair: str, information: str, day: date) -> None:
    """Raise Invalid unless the affair is offered on the day, and the information under it."""
    if affair not in {row.key for row in offered(rows, CodeTable.AFFAIR, day)}:
        raise Invalid(NOT_A_CHOICE, field="affair")
    if information not in {row.key for row in offered(rows, CodeTable.INFORMATION, day)}:
        raise Invalid(NOT_A_CHOICE, field="information")
    if information not in {row.key for row in offered(rows, CodeTable.INFORMATION, day, under=affair)}:
        raise Invalid(NOT_UNDER, field="information")
