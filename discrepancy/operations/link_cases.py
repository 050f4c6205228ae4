"""Put a report that came as a file to the cases that it tells of, or make these where it says enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from discrepancy import policy
from discrepancy.models.bodies import Body
from discrepancy.models.cases import CaseBody, Cause, Discrepancy
from discrepancy.models.reports import Report, ReportCase
from discrepancy.operations.open_case import number_case
from discrepancy.operations.steps import TABLE, move, record, write_down
from discrepancy.operations.tell import Told, tell
from discrepancy.queries.access import find_body
from discrepancy.queries.codes import codes
from discrepancy.rules import linking
from discrepancy.rules.clock import report_due
from discrepancy.rules.codes import CodeTable, find
from discrepancy.rules.linking import NO_CAUSER, NO_OTHER, NOT_DUE, SEVERAL
from discrepancy.rules.merging import NOT_DUE as NONE_DUE
from discrepancy.rules.merging import Caused, hinders_one_report
from discrepancy.rules.report_checks import EMPTY, as_day
from discrepancy.rules.reporting import ReportState
from discrepancy.rules.states import CaseAction, CaseKind, CaseState, Party
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.sealed import seal_text
from portal.core.vault import OfficeVault

FROM_REPORT = "open-from-report"


@dataclass(frozen=True)
class Linked:
    """The cases of a report, and whether they were ``made`` of it; ``why`` (with ``params``) there is none."""

    cases: Sequence[Discrepancy] = ()
    made: bool = False
    why: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


def link(
    session: Session, report: Report, values: Mapping[str, str], *, vault: OfficeVault, by: Actor, at: datetime
) -> Linked:
    """Find the cases that wait for this filed report: by the numbers that it names, by what it tells; else make them.

    Nothing is guessed: where several fit, or the report does not say enough, none is taken and ``why`` is said.
    """
    named = _due(session, report, Discrepancy.number.in_(linking.numbers_in(values)))
    found = named or _fitting(session, report, values)
    if hinders_one_report([_caused(case) for case in found]) and found:
        return Linked(why=SEVERAL)
    if found:
        _put(session, report, found, vault=vault, by=by, at=at)
        return Linked(found)
    return _make(session, report, values, vault=vault, by=by, at=at)


def link_by_hand(
    session: Session, report: Report, said: str, *, vault: OfficeVault, by: Actor, at: datetime
) -> Sequence[Discrepancy]:
    """Put a filed report to the cases whose numbers somebody wrote. Forbidden, Conflict; Invalid(``numbers``)."""
    if not policy.may_link(by, report):
        raise Forbidden
    if linked_cases(session, report):
        raise Conflict
    wanted = linking.numbers_in({"": said.replace("　", " ")})
    if not wanted:
        raise Invalid(EMPTY, field="numbers")
    found = _due(session, report, Discrepancy.number.in_(wanted))
    if len(found) < len(wanted):
        raise Invalid(NONE_DUE, field="numbers")
    if why := hinders_one_report([_caused(case) for case in found]):
        raise Invalid(why, field="numbers")
    _put(session, report, found, vault=vault, by=by, at=at)
    return found


def linked_cases(session: Session, report: Report) -> bool:
    """Whether a report tells of cases."""
    return session.scalar(select(ReportCase.case_number).where(ReportCase.report_id == report.id).limit(1)) is not None


def _caused(case: Discrepancy) -> Caused:
    return Caused(CaseState(case.state), case.causer_code or "", case.cause_id or "")


def _due(session: Session, report: Report, *conditions: ColumnElement[bool]) -> list[Discrepancy]:
    """Cases for which the report's body owes a report that nobody is writing here."""
    written = select(ReportCase.case_number).join(Report, Report.id == ReportCase.report_id)
    written = written.where(Report.state.in_((ReportState.DRAFT, ReportState.RETURNED)))
    query = select(Discrepancy).where(
        Discrepancy.causer_code == report.body_code,
        Discrepancy.state == CaseState.REPORT_DUE,
        Discrepancy.number.not_in(written),
        *conditions,
    )
    return list(session.scalars(query.order_by(Discrepancy.number)))


def _same(report: Report, values: Mapping[str, str]) -> list[ColumnElement[bool]]:
    start = linking.occurred(values)
    if start is None:
        return [Discrepancy.number.in_(())]
    return [
        Discrepancy.affair == report.affair,
        Discrepancy.information == report.information,
        Discrepancy.occurred_at >= start,
        Discrepancy.occurred_at < start + timedelta(minutes=1),
    ]


def _fitting(session: Session, report: Report, values: Mapping[str, str]) -> list[Discrepancy]:
    """Those of the same affair, information and minute; where the report names the other bodies, theirs."""
    found = _due(session, report, *_same(report, values))
    names = set(linking.others(values))
    codes = set(session.scalars(select(Body.code).where(Body.name_ja.in_(names))))
    if not codes:
        return found
    theirs = [case for case in found if codes & {case.inquirer_code, case.provider_code}]
    # The first case of a cause fits to the minute; the report tells of those of the other bodies too (X17).
    causes = {case.cause_id for case in theirs} - {None}
    if len(causes) == 1 and len(codes) > 1:
        same = _due(session, report, Discrepancy.cause_id.in_(causes))
        return [case for case in same if codes & {case.inquirer_code, case.provider_code}]
    return theirs or [case for case in found if case.provider_code is None]


def _put(
    session: Session, report: Report, cases: Sequence[Discrepancy], *, vault: OfficeVault, by: Actor, at: datetime
) -> None:
    for case in cases:
        session.add(ReportCase(report_id=report.id, case_number=case.number))
        detail = {"report": report.id, "by": "file"}
        move(session, case, CaseAction.REPORT, vault=vault, by=by, at=at, detail=detail)
    report.cause_id = cases[0].cause_id
    session.flush()


def _make(
    session: Session, report: Report, values: Mapping[str, str], *, vault: OfficeVault, by: Actor, at: datetime
) -> Linked:
    """One case for each other body that the report names (X17): all of them or none."""
    causer, start = linking.causer(values), linking.occurred(values)
    if causer is None:
        return Linked(why=NO_CAUSER)
    names, body = linking.others(values), find_body(session, report.body_code)
    known = {row.name_ja: row for row in session.scalars(select(Body).where(Body.name_ja.in_(names)))}
    if start is None or not names or len(known) < len(names) or body.name_ja in known:
        return Linked(why=NO_OTHER)
    pairs = [(other, body) if causer is Party.PROVIDER else (body, other) for other in known.values()]
    for inquirer, provider in pairs:
        there = select(Discrepancy.number).where(
            Discrepancy.inquirer_code == inquirer.code,
            Discrepancy.provider_code == provider.code,
            *_same(report, values),
        )
        if number := session.scalar(there.limit(1)):
            return Linked(why=NOT_DUE, params={"number": number})
    day = report.filed_on or day_in_japan(at)
    cause = _cause(session, report, day)
    cases = [
        _case(session, report, values, parties, causer, cause, start, day, vault=vault, by=by, at=at)
        for parties in pairs
    ]
    _put(session, report, cases, vault=vault, by=by, at=at)
    return Linked(cases, made=True)


def _cause(session: Session, report: Report, day: date) -> Cause:
    """The cause by the name of its code: what the report says of it stays sealed."""
    row = find(codes(session), CodeTable(report.cause_table), report.cause)
    made = Cause(id=new_id(), body_code=report.body_code, title=row.name_ja if row else report.cause, found_on=day)
    session.add(made)
    session.flush()
    return made


def _case(
    session: Session,
    report: Report,
    values: Mapping[str, str],
    parties: tuple[Body, Body],
    causer: Party,
    cause: Cause,
    start: datetime,
    day: date,
    *,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
) -> Discrepancy:
    inquirer, provider = parties
    number, year, sequence, key, wrap = number_case(session, vault=vault, at=at)
    case = Discrepancy(
        number=number,
        fiscal_year=year,
        sequence=sequence,
        kind=CaseKind.DIFFERENT,
        state=CaseState.REPORT_DUE,
        inquirer_code=inquirer.code,
        provider_code=provider.code,
        causer=causer,
        causer_code=report.body_code,
        cause_id=cause.id,
        affair=report.affair,
        information=report.information,
        occurred_at=start,
        cause_known_on=day,
        quick=False,
        remedied_on=as_day(values.get("recovered_on", "")),
        report_due_on=report_due(day, quick=False).due_on,
        opened_at=at,
        changed_at=at,
        opened_by=by.id,
        summary=seal_text(key, TABLE, "summary", number, values.get("cause_detail", "")),
        office_wrap=wrap,
    )
    session.add(case)
    session.flush()
    session.add(CaseBody(case_number=number, body_code=inquirer.code, party=Party.INQUIRER))
    session.add(CaseBody(case_number=number, body_code=provider.code, party=Party.PROVIDER))
    write_down(session, case, FROM_REPORT, vault=vault, by=by, at=at)
    record(session, case, FROM_REPORT, by=by, at=at, detail={"report": report.id, "affair": report.affair})
    other = provider if causer is Party.INQUIRER else inquirer
    if other.code != by.body:
        tell(session, other.code, Told.OPENED, number, at=at)
    return case
