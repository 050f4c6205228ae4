"""Reports (顛末報告書) of a body: what is due, one begun, read, filled in and filed."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from discrepancy import policy
from discrepancy.forms.reports import CasesForm, ReturnForm
from discrepancy.forms.sheets import SheetForm, sheet_form, written
from discrepancy.models.reports import Report
from discrepancy.operations import report as steps
from discrepancy.operations.link_cases import link_by_hand
from discrepancy.queries import reports as lists
from discrepancy.queries.access import find_body, find_case, find_report, seen_of
from discrepancy.queries.codes import codes
from discrepancy.queries.known import known_of_report
from discrepancy.rules.fields import FieldForm, FormField, FormKind, form
from discrepancy.rules.report_checks import as_day
from discrepancy.rules.reporting import ReportAction, ReportState
from discrepancy.views import typing
from discrepancy.views.attempts import attempt
from discrepancy.views.doors import for_bodies, for_parties, for_workers
from discrepancy.views.sheet_words import said, told
from discrepancy.views.typing import Kept
from portal.core import clock
from portal.core.errors import N_, Conflict, Invalid
from portal.web.building import office
from portal.web.language import _, _l, choose

Answer = str | Response
STATES: dict[str, tuple[Any, str]] = {
    ReportState.DRAFT: (_l("In the making"), "info"),
    ReportState.FILED: (_l("Filed"), "info"),
    ReportState.RETURNED: (_l("Returned"), "warning"),
    ReportState.ACCEPTED: (_l("Accepted"), "success"),
    ReportState.DISCARDED: (_l("Discarded"), "neutral"),
}
CHOOSE = N_("Choose at least one case.")


def of() -> FieldForm:
    """The form of a report."""
    return form(FormKind.REPORT)


def report_url(report: Report) -> str:
    """The page of a report."""
    return url_for("discrepancy.report", report_id=report.id)


@for_bodies
def reports() -> str:
    """What is due, and the reports of the body."""
    found = lists.own_reports(g.session, g.actor, request.args.get("page", 1, type=int))
    return render_template(
        "discrepancy/reports.html", due=lists.due(g.session, g.actor), found=found, states=STATES, mine=g.actor.body
    )


@for_bodies
def begin() -> Response:
    """Begin the one report on the chosen cases of one cause."""
    cases = [find_case(g.session, number, actor=g.actor) for number in request.form.getlist("cases")]
    try:
        if not cases:
            raise Invalid(CHOOSE)
        known = known_of_report(g.session, cases, g.actor, at=clock.now())
        made = steps.begin_report(g.session, cases, known, vault=office(), by=g.actor, at=clock.now())
    except (Conflict, Invalid) as error:
        flash(_(error.message), "danger")
        return redirect(url_for("discrepancy.reports"), 303)
    return redirect(url_for("discrepancy.report_edit", report_id=made.id), 303)


@for_parties
def show(report_id: str) -> str:
    """A report as it stands, and the next steps."""
    return page(report_id, ReturnForm())


def page(report_id: str, returning: ReturnForm, linking: CasesForm | None = None) -> str:
    """The page of a report, with the forms that return it or put it to cases as filled in; the look is recorded."""
    report, values = steps.read_report(g.session, report_id, vault=office(), by=g.actor, at=clock.now())
    rows = codes(g.session)
    return render_template(
        "discrepancy/report.html",
        report=report,
        body=find_body(g.session, report.body_code),
        name=lists.name_of(report, find_body(g.session, report.body_code)),
        state=STATES[report.state],
        parts=told(of(), values, rows),
        cases=steps.cases_of(g.session, report),
        seen=seen_of(g.session, steps.cases_of(g.session, report), actor=g.actor),
        linking=(linking or CasesForm()) if policy.may_link(g.actor, report) else None,
        returned=steps.returned_because(report, office()),
        may={action.name: policy.may_report(g.actor, action, report) for action in ReportAction},
        form=returning,
    )


@for_workers
def link(report_id: str) -> Answer:
    """Put a report that came as a file to the cases that it tells of."""
    report, one = find_report(g.session, report_id, actor=g.actor), CasesForm()
    if one.validate_on_submit():
        said = one.numbers.data or ""
        found = attempt(one, lambda: link_by_hand(g.session, report, said, vault=office(), by=g.actor, at=clock.now()))
        if found is not None:
            flash(_("Put to %(n)s cases.", n=len(found)), "success")
            return redirect(report_url(report), 303)
    return page(report_id, ReturnForm(formdata=None), one)


@for_parties
def edit(report_id: str) -> Answer:
    """Fill a report in; it is kept whole or not, and filed when nothing is missing."""
    report, values = steps.read_report(g.session, report_id, vault=office(), by=g.actor, at=clock.now())
    policy.check_report(g.actor, ReportAction.EDIT, report)
    kept, typed = typing.opened(f"reports/{report_id}/edit", url_for("discrepancy.report_edit", report_id=report_id))
    if done := typing.keep_for_later(kept.place, report_url(report)):
        return done
    one = _form(report, values, typed)
    if request.method == "POST" and "lists" not in request.form and one.validate():
        try:
            return _keep(report, one)
        except (Conflict, StaleDataError):
            g.session.refresh(report)
            theirs = steps.content_of(report, office())
            one.version.data = str(report.version)
            return _fill(report, one, kept, theirs=_differing(one, theirs))
        except steps.ReportFaults as error:
            one.version.data = str(report.version)
            one.show(error.faults)
        except Invalid as error:
            one.refuse(str(error.params.get("field", "version")), error.message, **_limit(error))
    return _fill(report, one, kept)


def _limit(error: Invalid) -> dict[str, Any]:
    return {name: value for name, value in error.params.items() if name != "field"}


def _form(report: Report, values: dict[str, str], typed: MultiDict[str, str] | None) -> SheetForm:
    """The form from what was sent, or ``typed`` before, or as the report stands."""
    day = as_day(values.get("filed_on", "")) or clock.day_in_japan(clock.now())
    if typed is not None:
        return sheet_form(of(), codes(g.session), typed, chosen=typed, day=day, sent=typed)
    data = {**values, "version": str(report.version)}
    return sheet_form(of(), codes(g.session), data, chosen=request.form, day=day)


def _keep(report: Report, one: SheetForm) -> Response:
    """Keep what was filled in, and file it where that was asked for; what is kept stays when it cannot be filed."""
    version = int(one.version.data or 0)
    with g.session.begin_nested():
        steps.write_report(g.session, report, one.values(), vault=office(), by=g.actor, at=clock.now(), version=version)
    typing.sent_away()
    if "file" not in request.form:
        flash(_("Saved. It is not filed yet."), "success")
        return redirect(url_for("discrepancy.report_edit", report_id=report.id), 303)
    with g.session.begin_nested():
        name = steps.file_report(g.session, report, vault=office(), by=g.actor, at=clock.now())
    flash(_("Filed as %(title)s.", title=name.title), "success")
    return redirect(report_url(report), 303)


def _differing(one: SheetForm, theirs: dict[str, str]) -> list[tuple[FormField, str]]:
    """The fields that somebody else filled in otherwise, with what they wrote."""
    mine = one.values()
    return [
        (field, theirs.get(field.key, ""))
        for field in written(of())
        if mine.get(field.key, "") != theirs.get(field.key, "")
    ]


def _fill(report: Report, one: SheetForm, kept: Kept, *, theirs: list[tuple[FormField, str]] | None = None) -> str:
    return render_template(
        "discrepancy/report_edit.html",
        report=report,
        form=one,
        kept=kept,
        of=of(),
        parts=[(group, [field for field in written(of()) if field.group == group.key]) for group in of().groups],
        cases=[case.number for case in steps.cases_of(g.session, report)],
        returned=steps.returned_because(report, office()),
        theirs=theirs,
        theirs_told=[(choose(field, "name"), said(field, value, one.rows) or "–") for field, value in theirs or []],
        state=STATES[report.state],
        may_discard=policy.may_report(g.actor, ReportAction.DISCARD, report),
    )


@for_bodies
def discard(report_id: str) -> Response:
    """Drop a report that was never filed."""
    report = find_report(g.session, report_id, actor=g.actor)
    steps.discard_report(g.session, report, by=g.actor, at=clock.now())
    flash(_("The report is discarded. Its cases wait for another one."), "success")
    return redirect(url_for("discrepancy.reports"), 303)
