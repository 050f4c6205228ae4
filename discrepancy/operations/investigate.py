"""The search for the cause, what follows from it, and deciding on the papers meanwhile (X4-X7, X15, X16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from discrepancy import policy
from discrepancy.models.cases import Cause, Discrepancy
from discrepancy.operations.steps import record, settle, take_step, write_down
from discrepancy.queries.access import parties
from discrepancy.rules import states
from discrepancy.rules.clock import report_due
from discrepancy.rules.report_checks import EMPTY, FUTURE
from discrepancy.rules.states import CaseAction, CaseState, Party, needs_no_report
from portal.core import screening
from portal.core.actor import SYSTEM, Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Forbidden, Invalid
from portal.core.vault import OfficeVault

USE_PAPERS = "use-papers"
USED = N_("The case was decided on the papers already.")
OTHER_BODY = N_("This cause is another body's.")
_CAUSED_BY = {
    CaseAction.FIND_OWN_CAUSE: Party.INQUIRER,
    CaseAction.FIND_INQUIRER_CAUSE: Party.INQUIRER,
    CaseAction.FIND_WRONG_DATA: Party.PROVIDER,
}


@dataclass(frozen=True)
class Found:
    """A cause that was found. ``cause``: one that the body knows already; else one of this ``title`` is made.

    ``quick``: whether the remedy is expected within about a week.
    """

    known_on: date
    quick: bool
    title: str = ""
    cause: Cause | None = None
    note: str = ""


def find_cause(
    session: Session,
    case: Discrepancy,
    action: CaseAction,
    found: Found,
    *,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
) -> None:
    """Write down who caused it. Where the remedy will take long, the report is due at once."""
    causer = _CAUSED_BY[action]
    policy.check(by, action, case, parties(session, case, by))
    if found.known_on > day_in_japan(at):
        raise Invalid(FUTURE, field="known_on")
    code = case.inquirer_code if causer is Party.INQUIRER else case.provider_code
    case.causer, case.causer_code = causer, code
    case.cause_id = _cause(session, found, code or "").id
    case.cause_known_on, case.quick = found.known_on, found.quick
    take_step(session, case, action, vault=vault, by=by, at=at, note=found.note, day=found.known_on)
    if needs_no_report(policy.facts(case)):
        return
    case.report_due_on = report_due(found.known_on, quick=found.quick).due_on
    settle(session, case)
    if not found.quick:
        take_step(session, case, CaseAction.OWE_REPORT, vault=vault, by=SYSTEM, at=at, day=case.report_due_on)


def _cause(session: Session, found: Found, code: str) -> Cause:
    if found.cause is not None:
        if found.cause.body_code != code:
            raise Invalid(OTHER_BODY, field="cause")
        return found.cause
    if not found.title.strip():
        raise Invalid(EMPTY, field="title")
    screening.line(found.title, field="title")
    made = Cause(id=new_id(), body_code=code, title=found.title.strip(), found_on=found.known_on)
    session.add(made)
    session.flush()
    return made


def say_remedy_slow(
    session: Session, case: Discrepancy, *, vault: OfficeVault, by: Actor, at: datetime, note: str = ""
) -> None:
    """The remedy will take longer than about a week after all: the report is due now (X16)."""
    policy.check(by, CaseAction.OWE_REPORT, case, parties(session, case, by))
    known_on = case.cause_known_on or day_in_japan(at)
    case.quick, case.report_due_on = False, report_due(known_on, quick=False).due_on
    take_step(session, case, CaseAction.OWE_REPORT, vault=vault, by=by, at=at, note=note, day=case.report_due_on)


def go_on(
    session: Session,
    case: Discrepancy,
    action: CaseAction,
    *,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
    note: str = "",
) -> None:
    """A step that changes nothing but the state: taking up, being slow, going on, hearing an answer, asking again."""
    plain = (
        CaseAction.TAKE_UP,
        CaseAction.SAY_SLOW,
        CaseAction.GO_ON,
        CaseAction.HEAR_ANSWER,
        CaseAction.FIX_DUPLICATE,
        CaseAction.REQUERY,
    )
    if action not in plain:
        raise Conflict
    take_step(session, case, action, vault=vault, by=by, at=at, note=note)


def remedy(
    session: Session, case: Discrepancy, *, done_on: date, vault: OfficeVault, by: Actor, at: datetime, note: str = ""
) -> None:
    """The case is put right. Then the report is due, or the case is closed where none is needed (X10)."""
    if done_on > day_in_japan(at):
        raise Invalid(FUTURE, field="done_on")
    if case.state in (CaseState.REPORT_DUE, CaseState.REPORTED):  # a slow remedy comes after the report was due
        _beside(session, case, by)
        case.remedied_on = done_on
        write_down(session, case, CaseAction.REMEDY, vault=vault, by=by, at=at, note=note, day=done_on)
        record(session, case, CaseAction.REMEDY, by=by, at=at)
        return
    take_step(session, case, CaseAction.REMEDY, vault=vault, by=by, at=at, note=note, day=done_on)
    case.remedied_on = done_on
    if needs_no_report(policy.facts(case)):
        take_step(session, case, CaseAction.CLOSE_WITHOUT_REPORT, vault=vault, by=SYSTEM, at=at)
        return
    case.report_due_on = report_due(case.cause_known_on or done_on, quick=bool(case.quick), remedied_on=done_on).due_on
    take_step(session, case, CaseAction.OWE_REPORT, vault=vault, by=SYSTEM, at=at, day=case.report_due_on)


def use_papers(
    session: Session, case: Discrepancy, *, used_on: date, vault: OfficeVault, by: Actor, at: datetime, note: str = ""
) -> None:
    """The inquirer decides on the applicant's papers; the search for the cause goes on (X7)."""
    if Party.INQUIRER not in parties(session, case, by):
        raise Forbidden
    states.used_papers(CaseState(case.state))
    if case.papers_used_on is not None:
        raise Conflict(USED)
    if used_on > day_in_japan(at):
        raise Invalid(FUTURE, field="used_on")
    case.papers_used_on = used_on
    write_down(session, case, USE_PAPERS, vault=vault, by=by, at=at, note=note, day=used_on)
    record(session, case, USE_PAPERS, by=by, at=at)


def _beside(session: Session, case: Discrepancy, by: Actor) -> None:
    """Only the body that caused it says when it was put right afterwards."""
    if by.body != case.causer_code or not parties(session, case, by):
        raise Forbidden
