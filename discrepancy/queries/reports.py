"""Lists of reports: a body's own with what is due, and the operator's with its search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, defer

from discrepancy.models.bodies import Body
from discrepancy.models.cases import Cause, Discrepancy
from discrepancy.models.reports import Report, ReportCase
from discrepancy.queries import paging
from discrepancy.queries.access import visible, visible_reports
from discrepancy.queries.bodies import LONGEST, fitting
from discrepancy.queries.paging import keys_of_page, pages_of
from discrepancy.rules.report_name import ReportName
from discrepancy.rules.reporting import ReportState
from discrepancy.rules.states import CaseState
from portal.core.actor import Actor

_SEALED = tuple(defer(column) for column in (Report.content, Report.returned_because, Report.office_wrap))


@dataclass(frozen=True)
class Due:
    """Cases of one cause (None: of none that is written down) that wait for one report; the first is due first."""

    cause: Cause | None
    cases: list[Discrepancy]


@dataclass(frozen=True)
class Wanted:
    """What the operator looks for. ``text``: a receipt number, the name or code of a body. ``cause``: table/key."""

    state: str = ""
    text: str = ""
    affair: str = ""
    cause: str = ""
    first_on: date | None = None
    last_on: date | None = None
    page: int = 1


@dataclass(frozen=True)
class Row:
    """A report in a list; nothing sealed is read."""

    report: Report
    body: Body

    @property
    def title(self) -> str:
        """The title by the notice's rule; empty before the report was filed."""
        name = name_of(self.report, self.body)
        return name.title if name else ""


def name_of(report: Report, body: Body) -> ReportName | None:
    """The name of a report; None before it was filed."""
    if report.filed_on is None or report.nth is None:
        return None
    return ReportName(report.filed_on, body.code if body.prefecture else "", report.nth, body.name_ja)


@dataclass(frozen=True)
class Reports:
    """A page of a list; ``waiting`` counts the reports that wait for the operator."""

    rows: list[Row]
    total: int
    number: int
    pages: int
    waiting: int


def due(session: Session, actor: Actor) -> list[Due]:
    """The cases for which the actor's body owes a report, without those that a report in the making tells of."""
    made = (
        select(ReportCase.case_number)
        .join(Report, Report.id == ReportCase.report_id)
        .where(Report.state.in_((ReportState.DRAFT, ReportState.RETURNED)), Report.body_code == actor.body)
    )
    query = (
        select(Discrepancy)
        .where(
            visible(actor),
            Discrepancy.causer_code == actor.body,
            Discrepancy.state == CaseState.REPORT_DUE,
            Discrepancy.number.not_in(made),
        )
        .order_by(Discrepancy.report_due_on, Discrepancy.number)
    )
    groups: dict[str, list[Discrepancy]] = {}
    for case in session.scalars(query):
        groups.setdefault(case.cause_id or case.number, []).append(case)
    causes = {cause.id: cause for cause in session.scalars(select(Cause).where(Cause.id.in_(groups)))}
    return [Due(causes.get(key), cases) for key, cases in groups.items()]


def own_reports(session: Session, actor: Actor, page: int) -> Reports:
    """The reports that the actor's body wrote, and those filed on cases that it sees; the latest first."""
    conditions = [visible_reports(actor), Report.state != ReportState.DISCARDED]
    return _page(session, conditions, (Report.changed_at, Report.id), page)


def reports(session: Session, wanted: Wanted, *, actor: Actor) -> Reports:
    """What the operator received, the latest first."""
    conditions = [visible_reports(actor), *_conditions(session, wanted)]
    return _page(session, conditions, (Report.filed_on, Report.id), wanted.page)


def _page(session: Session, conditions: Sequence[ColumnElement[bool]], order: Sequence[Any], page: int) -> Reports:
    """A page in this order, the last first."""
    total = session.scalar(select(func.count()).select_from(Report).where(*conditions)) or 0
    waiting = session.scalar(select(func.count()).select_from(Report).where(Report.state == ReportState.FILED)) or 0
    pages, number = pages_of(total, page)
    keys = keys_of_page(
        session,
        Report.id,
        conditions,
        order,
        descending=True,
        total=total,
        start=(number - 1) * paging.A_PAGE,
        most=paging.A_PAGE,
    )
    query = select(Report, Body).join(Body, Body.code == Report.body_code).where(Report.id.in_(keys)).options(*_SEALED)
    rows = [Row(report, body) for report, body in session.execute(query)]
    return Reports(sorted(rows, key=lambda row: keys.index(row.report.id)), total, number, pages, waiting)


def _conditions(session: Session, wanted: Wanted) -> list[ColumnElement[bool]]:
    found = []
    if wanted.state:
        found.append(Report.state == wanted.state)
    if wanted.affair:
        found.append(Report.affair == wanted.affair)
    if wanted.cause:
        table, _slash, key = wanted.cause.partition("/")
        found += [Report.cause_table == table, Report.cause == key]
    if wanted.first_on:
        found.append(Report.filed_on >= wanted.first_on)
    if wanted.last_on:
        found.append(Report.filed_on <= wanted.last_on)
    if said := wanted.text.strip()[:LONGEST]:
        codes = fitting(session, said)
        found.append(or_(Report.receipt_number == said, Report.body_code.in_(codes)))
    return found
