"""Taking the next number of a series: the series' row stays locked until the transaction ends, so no gap can arise."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.letter import LetterNumber, Series
from disclosure.operations.screening import lines
from portal.core import audit
from portal.core.actor import Actor
from portal.core.errors import N_, Invalid

RECEIPTS = "receipt"
LETTERS = "letter"


def hold(session: Session, series: str, fiscal_year: int) -> Series:
    """The series' row, locked until the transaction ends; made when the year's first number is wanted."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    first = insert(Series).values(series=series, fiscal_year=fiscal_year, last=0)
    session.execute(first.on_conflict_do_nothing())
    wanted = select(Series).where(Series.series == series, Series.fiscal_year == fiscal_year).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def take(session: Session, series: str, fiscal_year: int) -> int:
    """The next number of the series in the fiscal year, from 1; given back if the transaction fails."""
    row = hold(session, series, fiscal_year)
    row.last += 1
    session.flush()
    return row.last


def void_number(session: Session, *, fiscal_year: int, reason: str, by: Actor, at: datetime) -> int:
    """Take a letter number that no letter will carry, with the reason; returns the number."""
    policy.check(by, policy.Right.VOID_NUMBER)
    if not reason.strip():
        raise Invalid(N_("Give the reason."), field="reason")
    text = lines(reason, field="reason")
    sequence = take(session, LETTERS, fiscal_year)
    session.add(
        LetterNumber(
            series=LETTERS, fiscal_year=fiscal_year, sequence=sequence, letter_id=None, void_reason=text, at=at
        )
    )
    audit.record(
        session, at=at, actor=by, action="disclosure.letter-number.void", subject=f"{LETTERS}/{fiscal_year}/{sequence}"
    )
    return sequence
