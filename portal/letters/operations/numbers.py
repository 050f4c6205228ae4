"""Taking the next number of a series: the series' row stays locked until the transaction ends, so no gap can arise."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.core import audit, detectors, names
from portal.core.actor import Actor
from portal.core.errors import N_, Invalid
from portal.letters import policy
from portal.letters.models.numbers import LetterNumber, Series

RECEIPTS = "receipt"
LETTERS = "letter"
LONGEST_REASON = 400


def hold(session: Session, series: str, fiscal_year: int) -> Series:
    """The series' row, locked until the transaction ends; made when the year's first number is wanted."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    first = insert(Series).values(series=series, fiscal_year=fiscal_year, last=0)
    session.execute(first.on_conflict_do_nothing())
    wanted = select(Series).where(Series.series == series, Series.fiscal_year == fiscal_year).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def take(session: Session, series: str, fiscal_year: int) -> int:
    """The next number of the series in the fiscal year, from 1; given back if the transaction fails."""
    table = Series.__table__.c
    following = (
        update(Series.__table__)  # type: ignore[arg-type] # a declared table is one
        .where(table.series == series, table.fiscal_year == fiscal_year)
        .values(last=table.last + 1)
        .returning(table.last)
    )
    taken = session.execute(following).scalar()
    if taken is None:
        hold(session, series, fiscal_year)
        taken = session.execute(following).scalar_one()
    return int(taken)


def void_number(
    session: Session, *, fiscal_year: int, reason: str, by: Actor, at: datetime, series: str = LETTERS
) -> int:
    """Take a number that no letter will carry, with the reason; returns the number. Forbidden, Invalid(reason)."""
    policy.check(by, policy.Right.VOID_NUMBER)
    text = _reason(reason)
    sequence = take(session, series, fiscal_year)
    session.add(
        LetterNumber(series=series, fiscal_year=fiscal_year, sequence=sequence, letter_id=None, void_reason=text, at=at)
    )
    audit.record(
        session,
        at=at,
        actor=by,
        action=policy.Right.VOID_NUMBER.value,
        subject=f"{series}/{fiscal_year}/{sequence}",
    )
    return sequence


def _reason(typed: str) -> str:
    """A reason that may be kept for good: short, printable and without personal numbers."""
    text = typed.strip()
    if not text:
        raise Invalid(N_("Give the reason."), field="reason")
    if len(names.graphemes(text)) > LONGEST_REASON:
        raise Invalid(
            N_("Please shorten this to %(longest)s characters or fewer."), longest=LONGEST_REASON, field="reason"
        )
    if problem := names.problem(text.translate(dict.fromkeys(map(ord, "\r\n\t"), " "))):
        raise Invalid(problem, field="reason")
    if detectors.scan(text).verdict == "block":
        raise Invalid(
            N_(
                "This looks like a 12-digit personal number (My Number). Do not write it here. "
                "Delete the digits and send again."
            ),
            field="reason",
        )
    return text
