"""The page of a case: how it stands, what comes next and until when, what happened, who asked whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g, render_template, url_for
from sqlalchemy import select

from content.models.incidents import Incident
from discrepancy import policy
from discrepancy.models.cases import CaseBody, CaseStep, Cause, Discrepancy
from discrepancy.models.reports import Report, ReportCase
from discrepancy.operations.steps import case_key, note_of
from discrepancy.queries import enquiries
from discrepancy.queries.access import visible_reports
from discrepancy.queries.bodies import by_codes
from discrepancy.queries.codes import codes
from discrepancy.queries.desk import is_ours
from discrepancy.rules import states
from discrepancy.rules.checking import to_check
from discrepancy.rules.clock import Duty, Period, period, report_due
from discrepancy.rules.codes import CodeTable, find
from discrepancy.rules.states import CaseAction as A
from discrepancy.rules.states import CaseKind, CaseState, Party
from discrepancy.rules.waiting import ANSWERS, FIRST_ANSWER, REPORT
from discrepancy.views import wording
from discrepancy.views.doors import for_parties
from discrepancy.views.found import case_of, opened, today
from portal.core import clock
from portal.web.building import office
from portal.web.language import choose

# The page of each step that is not taken on the page of plain steps.
_PAGES: dict[A, tuple[str, dict[str, Any]]] = {
    A.LOOK_FOR_OUTAGE: ("discrepancy.outage", {}),
    A.FIND_WIDE_OUTAGE: ("discrepancy.outage", {}),
    A.FIND_LOCAL_ERROR: ("discrepancy.outage", {}),
    A.CHECK_SELF: ("discrepancy.check", {}),
    A.ASK_PROVIDER: ("discrepancy.ask", {"kind": "provider"}),
    A.ESCALATE: ("discrepancy.ask", {"kind": "operator"}),
    A.FIND_OWN_CAUSE: ("discrepancy.cause", {"action": A.FIND_OWN_CAUSE.value}),
    A.FIND_WRONG_DATA: ("discrepancy.cause", {"action": A.FIND_WRONG_DATA.value}),
    A.FIND_INQUIRER_CAUSE: ("discrepancy.cause", {"action": A.FIND_INQUIRER_CAUSE.value}),
    A.REMEDY: ("discrepancy.remedy", {}),
}
# Steps that follow from others by themselves, or from a report.
_BY_THEMSELVES = frozenset({A.END_OUTAGE, A.CLOSE_WITHOUT_REPORT, A.REPORT, A.ACCEPT, A.RETURN})
_BESIDE = frozenset({Party.INQUIRER, Party.PROVIDER})


@dataclass(frozen=True)
class Next:
    """A step that the actor may take now, with its page and the rules of the notice that it follows."""

    action: str
    href: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class DueNow:
    """Until when the case waits, and by which periods counted from which day."""

    due_on: date
    start: date
    periods: tuple[Period, ...]
    overdue: bool


@for_parties
def case(number: str) -> str:
    """A case, for a body that is party to it and for the operator; the look is recorded."""
    found, mine = case_of(number)
    summary, serial = opened(found)
    rows = codes(g.session)
    sent = enquiries.enquiries_of(g.session, found)
    steps, notices = _steps(found), enquiries.notices_from(g.session, found)
    involved = {found.inquirer_code, found.provider_code, *(step.body_code for step, _note in steps)}
    bodies = by_codes(g.session, involved)
    return render_template(
        "discrepancy/case.html",
        case=found,
        mine=mine,
        summary=summary,
        serial=serial,
        affair=find(rows, CodeTable.AFFAIR, found.affair),
        information=find(rows, CodeTable.INFORMATION, found.information),
        bodies=bodies,
        readers=_readers(found),
        next=next_steps(found, mine),
        beside=beside(found, mine),
        ours=is_ours(found, g.actor),
        due=due_now(found, [one.enquiry for one in sent]),
        checks=[(item, found.checked.get(item)) for item in to_check(CaseKind(found.kind))],
        steps=steps,
        enquiries=sent,
        notices=notices if Party.PROVIDER in mine or Party.OPERATOR in mine else [],
        cause=g.session.get(Cause, found.cause_id) if found.cause_id else None,
        incident=g.session.get(Incident, found.incident_key) if found.incident_key else None,
        reports=_reports(found),
        first_answer=FIRST_ANSWER,
        wording=wording,
        choose=choose,
    )


def _steps(case: Discrepancy) -> list[tuple[CaseStep, str]]:
    """What happened, the latest first, each with what was written with it."""
    key = case_key(case, office())
    query = select(CaseStep).where(CaseStep.case_number == case.number).order_by(CaseStep.position.desc())
    return [(step, note_of(step, key)) for step in g.session.scalars(query)]


def _readers(case: Discrepancy) -> list[tuple[str, Any]]:
    """As whom other bodies than inquirer and provider read the case."""
    query = select(CaseBody).where(CaseBody.case_number == case.number, CaseBody.party.not_in(sorted(_BESIDE)))
    rows = list(g.session.scalars(query.order_by(CaseBody.body_code)))
    bodies = by_codes(g.session, {row.body_code for row in rows})
    return [(row.party, bodies.get(row.body_code)) for row in rows]


def _reports(case: Discrepancy) -> list[Report]:
    query = select(Report).join(ReportCase, ReportCase.report_id == Report.id)
    query = query.where(ReportCase.case_number == case.number, visible_reports(g.actor))
    return list(g.session.scalars(query.order_by(Report.created_at)))


def next_steps(case: Discrepancy, mine: frozenset[Party]) -> list[Next]:
    """The steps that the actor may take now, those of one page once."""
    found: dict[str, Next] = {}
    for action, way in states.TABLE[CaseState(case.state)].items():
        if action in _BY_THEMSELVES or not policy.may(g.actor, action, case, mine):
            continue
        plain: tuple[str, dict[str, Any]] = ("discrepancy.step", {"action": action.value})
        endpoint, values = _PAGES.get(action, plain)
        href = url_for(endpoint, number=case.number, **values)
        shown = A.LOOK_FOR_OUTAGE if endpoint == "discrepancy.outage" else action
        found.setdefault(href, Next(shown, href, way.rules))
    if case.state == CaseState.SELF_CHECK and Party.INQUIRER in mine:
        href = url_for("discrepancy.check", number=case.number)
        found[href] = Next(A.CHECK_SELF, href, ("X1",))
    return list(found.values())


def beside(case: Discrepancy, mine: frozenset[Party]) -> dict[str, str]:
    """What goes on beside the states: its page by what it is."""
    found: dict[str, str] = {}
    state = CaseState(case.state)
    if not mine & _BESIDE or state not in states.OPEN:
        return found
    if Party.INQUIRER in mine and state in states.PAPERS and case.papers_used_on is None:
        found["papers"] = url_for("discrepancy.papers", number=case.number)
    if Party.PROVIDER in mine and case.causer == Party.PROVIDER:
        found["others"] = url_for("discrepancy.others", number=case.number)
    late = case.causer_code == g.actor.body and state in (CaseState.REPORT_DUE, CaseState.REPORTED)
    if late and case.remedied_on is None:
        found["remedy"] = url_for("discrepancy.remedy", number=case.number)
    if state is not CaseState.DOUBT:
        found["ask"] = url_for("discrepancy.ask", number=case.number, kind="operator")
    found["emergency"] = url_for("discrepancy.emergency", number=case.number)
    return found


def due_now(case: Discrepancy, asked: list[Any]) -> DueNow | None:
    """Until when the case waits, with how that day was counted; None where nothing is due."""
    if case.due_on is None:
        return None
    state, late = CaseState(case.state), case.due_on < today()
    if state in FIRST_ANSWER | ANSWERS:
        one = next((one for one in asked if one.due_on == case.due_on and one.answered_at is None), None)
        start = clock.day_in_japan(one.sent_at) if one else case.due_on
        return DueNow(case.due_on, start, (period(Duty.FIRST_ANSWER, start),), late)
    if state in REPORT and case.cause_known_on is not None:
        counted = report_due(case.cause_known_on, quick=bool(case.quick), remedied_on=case.remedied_on)
        if counted.due_on == case.due_on:
            return DueNow(case.due_on, counted.start, counted.periods, late)
    return DueNow(case.due_on, case.due_on, (), late)
