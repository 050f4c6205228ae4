"""Reports (顛末報告書): begun from cases of one cause, filled in, filed, returned or accepted (X8, X16, X17)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discrepancy import policy
from discrepancy.models.cases import Discrepancy
from discrepancy.models.reports import Report, ReportCase
from discrepancy.operations.steps import take_step
from discrepancy.operations.tally import counted_as, tally
from discrepancy.operations.tell import Told, tell
from discrepancy.queries.access import find_body, find_report
from discrepancy.queries.codes import codes
from discrepancy.rules.fields import by_key
from discrepancy.rules.merging import Caused, hinders_one_report
from discrepancy.rules.report_checks import CAUSES, EMPTY, Fault, as_day, check
from discrepancy.rules.report_name import ReportName
from discrepancy.rules.reporting import ReportAction, ReportState, report_after
from discrepancy.rules.states import CaseAction, CaseState
from portal.core import audit, screening
from portal.core.actor import Actor
from portal.core.calendar import JAPAN
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid
from portal.core.sealed import open_json, open_text, seal_json, seal_text
from portal.core.vault import CaseKey, OfficeVault
from portal.letters.numbering import fiscal_year
from portal.letters.operations import numbers

TABLE = Report.__tablename__
RECEIPTS = "discrepancy-receipt"
LONGEST_CODE = 60
OTHER_BODY = N_("This is the code of another body than the one that reports.")
CHANGED_MEANWHILE = N_("Somebody else changed this report meanwhile. Look at both and choose.")


class ReportFaults(Invalid):
    """Everything that hinders filing a report."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].message, field=faults[0].field)
        self.faults = tuple(faults)


def vault_report(report_id: str) -> str:
    """What the vault binds a report's key to."""
    return f"discrepancy-report/{report_id}"


def report_key(report: Report, vault: OfficeVault) -> CaseKey:
    """The key of what is sealed of a report."""
    return vault.open_case(vault_report(report.id), report.office_wrap)


def begin_report(
    session: Session,
    cases: Sequence[Discrepancy],
    values: Mapping[str, str],
    *,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
) -> Report:
    """Begin the one report on cases of one cause; ``values`` are what is known already. Conflict, Forbidden."""
    caused = [Caused(CaseState(case.state), case.causer_code or "", case.cause_id or "") for case in cases]
    if why := hinders_one_report(caused):
        raise Conflict(why)
    report_id = new_id()
    key, wrap = vault.new_case(vault_report(report_id))
    report = Report(
        id=report_id,
        state=ReportState.DRAFT,
        body_code=cases[0].causer_code or "",
        cause_id=cases[0].cause_id,
        content=seal_json(key, TABLE, "content", report_id, {}),
        office_wrap=wrap,
        created_at=at,
        changed_at=at,
        changed_by=by.id,
    )
    policy.check_report(by, ReportAction.EDIT, report)
    session.add(report)
    session.flush()
    for case in cases:
        session.add(ReportCase(report_id=report_id, case_number=case.number))
    write_report(session, report, values, vault=vault, by=by, at=at)
    return report


def write_report(
    session: Session,
    report: Report,
    values: Mapping[str, str],
    *,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> None:
    """Keep what was filled in, whole or not; a personal number is refused in every field. Invalid with the field.

    Conflict when the report is no longer at ``version``: somebody else changed it meanwhile.
    """
    policy.check_report(by, ReportAction.EDIT, report)
    if version is not None and report.version != version:
        raise Conflict(CHANGED_MEANWHILE)
    before = counted_as(report)
    put(report, values, vault=vault)
    report.changed_at, report.changed_by = at, by.id
    session.flush()
    tally(session, before, counted_as(report))
    _record(session, report, ReportAction.EDIT, by=by, at=at)


def put(report: Report, values: Mapping[str, str], *, vault: OfficeVault) -> None:
    """Seal what a report says, and put beside it in clear what is counted. Invalid with the field."""
    known = {key: value for key, value in values.items() if key in by_key() and value}
    for name, value in known.items():
        screening.lines(value, field=name)
    report.content = seal_json(report_key(report, vault), TABLE, "content", report.id, known)
    report.causer, report.affair = _code(known, "causer"), _code(known, "affair")
    report.information = _code(known, "information")
    main = next((name for name in CAUSES if known.get(name)), "")
    report.cause_table, report.cause = main.replace("_", "-"), _code(known, main)
    report.effect = _code(known, "inquirer_effect") or _code(known, "provider_effect")


def _code(values: Mapping[str, str], name: str) -> str:
    """A code as it is counted; what is longer than any code was typed by somebody and is none."""
    found = values.get(name, "")
    return found if len(found) <= LONGEST_CODE and found.isascii() else ""


def discard_report(session: Session, report: Report, *, by: Actor, at: datetime) -> None:
    """Drop a report that was never filed; its cases wait for another one. Forbidden, Conflict."""
    policy.check_report(by, ReportAction.DISCARD, report)
    report.state = report_after(ReportState(report.state), ReportAction.DISCARD)
    report.changed_at, report.changed_by = at, by.id
    session.flush()
    _record(session, report, ReportAction.DISCARD, by=by, at=at)


def read_report(
    session: Session, report_id: str, *, vault: OfficeVault, by: Actor, at: datetime, what: str = "report"
) -> tuple[Report, dict[str, str]]:
    """A report and its 42 fields, those of the operator too; each look is written into the journal. NotFound."""
    report = find_report(session, report_id, actor=by)
    detail = {"what": what, "body": by.body}
    audit.record(session, at=at, actor=by, action="discrepancy.report.look", subject=report.id, detail=detail)
    return report, whole(report, vault)


def whole(report: Report, vault: OfficeVault) -> dict[str, str]:
    """The fields of a report with the operator's (41 and 42) where it was accepted."""
    values = content_of(report, vault)
    if report.receipt_number and report.received_at:
        received = report.received_at.astimezone(JAPAN)
        values |= {"receipt_number": report.receipt_number, "received_at": f"{received:%Y-%m-%d %H:%M}"}
    return values


def file_report(session: Session, report: Report, *, vault: OfficeVault, by: Actor, at: datetime) -> ReportName:
    """File the report; its title is built by the rule, its cases become reported. ReportFaults, Forbidden, Conflict.

    A report that comes back from a return keeps its name while it bears the same day.
    """
    policy.check_report(by, ReportAction.FILE, report)
    values = content_of(report, vault)
    faults = check(values, codes(session), today=day_in_japan(at))
    if not any(fault.field == "body_code" for fault in faults) and values["body_code"] != report.body_code:
        faults.append(Fault("body_code", OTHER_BODY))
    if faults:
        raise ReportFaults(faults)
    before = counted_as(report)
    report.state = report_after(ReportState(report.state), ReportAction.FILE)
    day = as_day(values["filed_on"])
    if report.nth is None or report.filed_on != day:
        report.filed_on, report.nth = day, None
        same = select(func.max(Report.nth)).where(
            Report.body_code == report.body_code, Report.filed_on == report.filed_on, Report.id != report.id
        )
        report.nth = (session.scalar(same) or 0) + 1
    report.changed_at, report.changed_by, report.returned_because = at, by.id, None
    session.flush()
    tally(session, before, counted_as(report))
    for case in cases_of(session, report):
        take_step(session, case, CaseAction.REPORT, vault=vault, by=by, at=at, detail={"report": report.id})
    _record(session, report, ReportAction.FILE, by=by, at=at)
    return name_of(session, report)


def accept_report(session: Session, report: Report, *, vault: OfficeVault, by: Actor, at: datetime) -> str:
    """The operator accepts the report; returns its receipt number (fields 41 and 42). Forbidden, Conflict."""
    policy.check_report(by, ReportAction.ACCEPT, report)
    year = fiscal_year(day_in_japan(at))
    number = f"{year}-{numbers.take(session, RECEIPTS, year):06d}"
    report.state = report_after(ReportState(report.state), ReportAction.ACCEPT)
    report.receipt_number, report.received_at, report.changed_at = number, at, at
    for case in cases_of(session, report):
        take_step(session, case, CaseAction.ACCEPT, vault=vault, by=by, at=at, detail={"report": report.id})
    tell(session, report.body_code, Told.ACCEPTED, report.id, at=at)
    _record(session, report, ReportAction.ACCEPT, by=by, at=at)
    return number


def return_report(
    session: Session, report: Report, because: str, *, vault: OfficeVault, by: Actor, at: datetime
) -> None:
    """The operator returns the report with a reason; its cases are due again. Invalid(``because``)."""
    policy.check_report(by, ReportAction.RETURN, report)
    if not because.strip():
        raise Invalid(EMPTY, field="because")
    screening.lines(because, field="because")
    report.returned_because = seal_text(report_key(report, vault), TABLE, "returned_because", report.id, because)
    report.state, report.changed_at = report_after(ReportState(report.state), ReportAction.RETURN), at
    for case in cases_of(session, report):
        take_step(session, case, CaseAction.RETURN, vault=vault, by=by, at=at, detail={"report": report.id})
    _record(session, report, ReportAction.RETURN, by=by, at=at)


def content_of(report: Report, vault: OfficeVault) -> dict[str, str]:
    """The fields of a report by their keys."""
    found: dict[str, str] = open_json(report_key(report, vault), TABLE, "content", report.id, report.content)
    return found


def returned_because(report: Report, vault: OfficeVault) -> str:
    """Why the operator returned it; empty where it did not."""
    if report.returned_because is None:
        return ""
    return open_text(report_key(report, vault), TABLE, "returned_because", report.id, report.returned_because)


def cases_of(session: Session, report: Report) -> list[Discrepancy]:
    """The cases that a report tells of."""
    query = select(Discrepancy).join(ReportCase, ReportCase.case_number == Discrepancy.number)
    return list(session.scalars(query.where(ReportCase.report_id == report.id).order_by(Discrepancy.number)))


def name_of(session: Session, report: Report) -> ReportName:
    """The name by the notice's rule; Conflict before it was filed."""
    if report.filed_on is None or report.nth is None:
        raise Conflict
    body = find_body(session, report.body_code)
    return ReportName(report.filed_on, body.code if body.prefecture else "", report.nth, body.name_ja)


def _record(session: Session, report: Report, action: ReportAction, *, by: Actor, at: datetime) -> None:
    audit.record(session, at=at, actor=by, action=f"discrepancy.report.{action}", subject=report.id)
