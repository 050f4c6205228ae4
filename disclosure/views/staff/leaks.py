"""Leaks: the list with its days, opening one, its own page, reports, telling the person, closing in four eyes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.case import CaseForm
from disclosure.forms.staff.leak import HOWS, OUTCOMES, TOLD, ClosingForm, LeakForm, OpenLeakForm, ReportForm, ToldForm
from disclosure.models.case import Case
from disclosure.models.leak import Leak
from disclosure.operations import leak as work
from disclosure.operations.leak import Account
from disclosure.operations.look import What, look
from disclosure.policy import Right
from disclosure.queries import leaks as queries
from disclosure.queries.case_page import CasePage
from disclosure.queries.comparisons import mismatch
from disclosure.queries.keys import case_key
from disclosure.queries.notices import notices
from disclosure.rules import leaks
from disclosure.rules.leaks import How, LeakState, Outcome, Told
from disclosure.views.resident.explained import step_rows
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, for_action, found, fresh, press, today
from portal.core import clock
from portal.core.errors import N_, NotFound
from portal.web.building import office
from portal.web.language import _, _l

STATES = {
    LeakState.OPEN: _l("Open"),
    LeakState.REPORTED: _l("Reported"),
    LeakState.CLOSED: _l("Closed"),
}


def panel(page: CasePage) -> Mapping[str, Any] | None:
    """The leaks of a case on its page, and the button that opens one."""
    one, rows = page.case, queries.of_case(g.session, page.case)
    may = policy.may(g.actor, Right.HANDLE_LEAK, one)
    if not rows and not (may and page.record_files):
        return None
    return {
        "rows": [(row, queries.next_report_on(row)) for row in rows],
        "may": may,
        "differs": policy.may(g.actor, Right.SECOND_LOOK, one) and mismatch(g.session, one) is not None,
        "may_open": may and bool(page.record_files) and queries.open_leak(g.session, one) is None,
        "states": STATES,
        "hows": HOWS,
        "today": today(),
    }


@for_action(Right.HANDLE_LEAK)
def leak_list() -> str:
    """The leaks that are open, the most urgent first; and those that were closed. Numbers and days only."""
    day = today()
    return render_template(
        "disclosure/staff/leaks.html", open=queries.listed(g.session, actor=g.actor),
        closed=queries.listed(g.session, actor=g.actor, closed=True), hows=HOWS, states=STATES, outcomes=OUTCOMES,
        today=day, wording=wording,
    )  # fmt: skip


@for_action(Right.HANDLE_LEAK, look=True)
def open_leak(number: str) -> Response | str:
    """Open a leak: downloads stop at once, and nothing of the case can be destroyed."""
    one = found(number)
    form = fresh(OpenLeakForm(data={"known_on": wording.plain_day(today())}), one)
    how = request.args.get("how", "")
    if not form.is_submitted() and how in set(How):
        form.how.data = how
    if form.validate_on_submit() and attempt(form, one, lambda: _open(one, form)):
        row = queries.open_leak(g.session, one)
        flash(_("The leak is opened. Downloads are stopped and the case is held."), "success")
        return redirect(url_for("disclosure_staff.leak", number=one.number, leak_id=row.id if row else ""), 303)
    look(g.session, one, What.CASE, by=g.actor, at=clock.now(), page="leak")
    return render_template("disclosure/staff/open_leak.html", form=form, case=one, wording=wording)


def _open(one: Case, form: OpenLeakForm) -> None:
    day = form.known_on.day or today()
    account = Account(persons=1, about=form.about.data or "")
    work.open_leak(g.session, one, How(form.how.data), day, account, vault=office(), by=g.actor, at=clock.now())


def _leak(one: Case, leak_id: str) -> Leak:
    row = g.session.get(Leak, leak_id)
    if row is None or row.case_id != one.id:
        raise NotFound
    return row


@for_action(Right.HANDLE_LEAK, look=True)
def leak(number: str, leak_id: str) -> Response | str:
    """Everything about one leak, and writing down what is known."""
    one = found(number)
    row = _leak(one, leak_id)
    if request.method == "GET":
        return _show(one, row)
    form = LeakForm(leaks.triggers(one.regime, row.known_on))
    if form.validate_on_submit() and (count := form.count()) is not None:
        account = Account(count, form.triggers.data or (), form.about.data or "", form.written())
        if attempt(form, one, lambda: work.write(g.session, one, row, account, vault=office(), **_who())):
            return _to(one, row, N_("It is written down. The days were counted anew."))
    return _show(one, row, form)


def _who() -> dict[str, Any]:
    return {"by": g.actor, "at": clock.now()}


def _show(one: Case, row: Leak, sent: CaseForm | None = None) -> str:
    look(g.session, one, What.CASE, by=g.actor, at=clock.now(), page="leak")
    said = queries.said(case_key(office(), one), row)
    version = {"version": str(one.version)}
    written = {f"item_{key}": text for key, text in said.items.items()}
    values = {**version, "persons": str(row.persons), "triggers": row.triggers, "about": said.about, **written}
    offered, due = leaks.triggers(one.regime, row.known_on), queries.due(one, row)

    def form(kind: type[CaseForm], make: Callable[[], CaseForm]) -> CaseForm:
        return sent if isinstance(sent, kind) else make()

    return render_template(
        "disclosure/staff/leak.html",
        case=one,
        row=row,
        form=sent,
        write=form(LeakForm, lambda: LeakForm(offered, formdata=None, data=values)),
        report=form(ReportForm, lambda: ReportForm(formdata=None, data=version)),
        told=form(ToldForm, lambda: ToldForm(formdata=None, data={**version, "told": row.told.value})),
        closing=form(ClosingForm, lambda: ClosingForm(formdata=None, data=version)),
        missing=leaks.missing(said.items),
        triggers=queries.triggers(one, row),
        due_steps=step_rows(due.steps),
        next_on=queries.next_report_on(row),
        mine=row.proposed_by == g.actor.id,
        letters=notices(g.session, one, about_id=row.id),
        hows=HOWS,
        states=STATES,
        tellings=TOLD,
        outcomes=OUTCOMES,
        today=today(),
        wording=wording,
    )


def _to(one: Case, row: Leak, message: str) -> Response:
    flash(_(message), "success")
    return redirect(url_for("disclosure_staff.leak", number=one.number, leak_id=row.id), 303)


@for_action(Right.HANDLE_LEAK)
def report_leak(number: str, leak_id: str) -> Response | str:
    """Enter that a report was made."""
    one, form = found(number), ReportForm()
    row = _leak(one, leak_id)
    day = form.reported_on.day if form.validate_on_submit() else None

    def do() -> None:
        full = form.report.data == "full"
        work.report(g.session, one, row, day or today(), full=full, vault=office(), by=g.actor, at=clock.now())

    if day is not None and attempt(form, one, do):
        return _to(one, row, N_("The report is entered."))
    return _show(one, row, form)


@for_action(Right.HANDLE_LEAK)
def tell_leak(number: str, leak_id: str) -> Response | str:
    """Enter whether the person concerned was told."""
    one, form = found(number), ToldForm()
    row = _leak(one, leak_id)

    def do() -> None:
        work.tell_person(g.session, one, row, Told(form.told.data), form.told_on.day, by=g.actor, at=clock.now())

    if form.validate_on_submit() and attempt(form, one, do):
        return _to(one, row, N_("It is entered."))
    return _show(one, row, form)


@for_action(Right.HANDLE_LEAK)
def propose_closing_leak(number: str, leak_id: str) -> Response | str:
    """Say what it turned out to be; a second person closes it."""
    one, form = found(number), ClosingForm()
    row = _leak(one, leak_id)

    def do() -> None:
        work.propose_closing(g.session, one, row, Outcome(form.outcome.data), by=g.actor, at=clock.now())

    if form.validate_on_submit() and attempt(form, one, do):
        return _to(one, row, N_("It is proposed. A second person closes it."))
    return _show(one, row, form)


@for_action(Right.HANDLE_LEAK)
def close_leak(number: str, leak_id: str) -> Response:
    """Close what somebody else proposed to close."""
    one = found(number)
    row = _leak(one, leak_id)
    press(one, lambda: work.close_leak(g.session, one, row, by=g.actor, at=clock.now()))
    return _to(one, row, N_("The leak is closed. The legal hold stays until somebody lifts it."))
