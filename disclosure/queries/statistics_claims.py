"""Claims in numbers: counted by the database from plain columns alone, for closed fiscal years."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.queries.days_sql import days_between, month_of
from disclosure.rules import statistics
from disclosure.rules.claims import CLAIMS
from disclosure.rules.kinds import CaseKind
from disclosure.rules.statistics_claims import ClaimYear, Counted, publish

# What is decided anew after a ruling is the same claim.
CLAIMED = and_(Case.kind != CaseKind.DISCLOSURE, Case.anew_of_id.is_(None))


def claim_years(session: Session, *, today: date, least: int) -> tuple[ClaimYear, ...]:
    """The tables of the years that are closed on ``today``, from the newest; years without a claim are left out."""
    rows = _counted(session)
    years = sorted({row.year for row in rows if statistics.closing_month(row.year) < statistics.month_of(today)})
    return tuple(
        publish(year, kind, rows, least)
        for year in reversed(years)
        for kind in CLAIMS
        if any((row.year, row.kind) == (year, kind) for row in rows)
    )


def _counted(session: Session) -> list[Counted]:
    late = case((Case.notified_on > Case.due_on, 1), else_=0)
    days = case((Case.notified_on.is_not(None), days_between(Case.received_on, Case.notified_on)))
    alike = (month_of(Case.received_on), Case.kind, Case.decision_type, days, late)
    found = session.execute(select(func.count(), *alike).where(CLAIMED).group_by(*alike))
    return [
        Counted(count, statistics.fiscal_year(date.fromisoformat(f"{month}-01")), kind, decided, took, bool(is_late))
        for count, month, kind, decided, took, is_late in found
    ]
