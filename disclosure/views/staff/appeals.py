"""Appeals on the desk: the list, one appeal with its steps, entering one that came on paper, who else takes part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.appeal import EVIDENCE, UPLOAD_BYTES
from disclosure.forms.staff.appeal import PARTS, PaperAppealForm, PersonForm, StepForm
from disclosure.models.appeal import Appeal, Part
from disclosure.models.case import Case
from disclosure.models.notice import NoticeState
from disclosure.operations import appeal_people, appeal_steps, appeals
from disclosure.operations.appeal_letters import RULING
from disclosure.operations.filing import Upload
from disclosure.operations.look import What, look
from disclosure.policy import Right
from disclosure.queries import appeal_wording
from disclosure.queries import appeals as queries
from disclosure.queries.anew import shown_anew
from disclosure.queries.appeal_list import appeal_list
from disclosure.queries.case_page import CasePage
from disclosure.queries.keys import case_files, case_key, fields, file_name
from disclosure.queries.notices import notices
from disclosure.queries.protection import STATED
from disclosure.rules.appeals import Against, AppealAction, possible, results, route
from disclosure.rules.kinds import Field, FileKind
from disclosure.views.resident.explained import steps as explained
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, press, today
from portal.core import clock
from portal.core.errors import N_
from portal.letters import kinds
from portal.web.building import office
from portal.web.language import _
from portal.web.uploads import accepts_uploads

A = AppealAction


def panel(page: CasePage) -> Mapping[str, Any] | None:
    """The appeals on the case's page, and the way to enter one."""
    rule = route(page.case.regime, page.case.law_day)
    rows = queries.appeals(g.session, page.case)
    against = bool(queries.appealable(g.session, page.case)) or queries.inactive_since(page.case, today()) is not None
    may_enter = rule.offered and against and policy.may(g.actor, Right.FILE, page.case)
    if not rows and not may_enter:
        return None
    return {
        "rows": [queries.standing(g.session, page.case, row, today=today()) for row in rows],
        "may_enter": may_enter,
        "words": appeal_wording,
        "route": rule,
    }


@for_action(Right.SEE_DESK)
def appeal_desk() -> str:
    """All appeals with the days that they take. No names, so nothing is opened."""
    ended = request.args.get("show") == "ended"
    return render_template(
        "disclosure/staff/appeals.html",
        rows=appeal_list(g.session, actor=g.actor, today=today(), ended=ended),
        ended=ended,
        may_open=policy.may(g.actor, Right.READ),
        words=appeal_wording,
    )


@accepts_uploads(UPLOAD_BYTES, evidence=EVIDENCE)
@for_action(Right.FILE, look=True)
def new_appeal(number: str) -> Response | str:
    """Enter an appeal that came on paper."""
    one = found(number)
    key = case_key(office(), one)
    values = fields(key, one)
    start = {"name": values.get(Field.NAME)}
    if not one.protected:
        start |= {"address": values.get(Field.ADDRESS), "postal_code": values.get(Field.POSTAL_CODE)}
    letters = queries.appealable(g.session, one)
    inactive = queries.inactive_since(one, today()) is not None
    form = PaperAppealForm(letters, inactive=inactive, data=start)
    fresh(form, one)

    def do() -> None:
        uploads = [Upload(form.evidence.data.filename, form.evidence.clean)] if form.evidence.clean else []
        made = appeals.file_appeal(
            g.session, one, form.filing(), form.statement(),
            submission_key=form.key, key=key, by=g.actor, at=clock.now(), uploads=uploads,
        )  # fmt: skip
        g.made = made.id

    if form.validate_on_submit() and form.whole() and attempt(form, one, do):
        flash(_("The appeal is entered. The case is held from now on."), "success")
        return redirect(url_for("disclosure_staff.appeal", number=number, appeal_id=g.made), 303)
    look(g.session, one, What.CASE, by=g.actor, at=clock.now(), page="appeal")
    return render_template(
        "disclosure/staff/new_appeal.html", form=form, case=one, route=route(one.regime, one.law_day), letters=letters
    )


@for_action(Right.READ, look=True)
def appeal(number: str, appeal_id: str) -> str:
    """One appeal: what it says, how it stands, what comes next."""
    one = found(number)
    return _show(one, queries.appeal(g.session, one, appeal_id))


def _said(one: Case, said: Mapping[str, Any], *, shown: bool) -> Mapping[str, Any]:
    """What an appeal says; where the appellant of a protected case is only when it was asked for on purpose."""
    hidden = {name: _("(protected, not shown)") for name in STATED} if one.protected and not shown else {}
    return {**said, **hidden}


def _show(one: Case, row: Appeal, form: StepForm | None = None) -> str:
    on_purpose = one.protected and request.args.get("address") == "shown"
    look(g.session, one, What.ADDRESS if on_purpose else What.CASE, by=g.actor, at=clock.now(), page="appeal")
    key, rule = case_key(office(), one), route(one.regime, one.law_day)
    can = possible(row.state, rule.way)
    shown = form or fresh(StepForm(can, row.state, formdata=None), one)
    if form is None:
        shown.version.data = str(one.version)
    standing = queries.standing(g.session, one, row, today=today())
    opposed = queries.opposed(g.session, row)
    letters = [(notice, kinds.name(notice.kind)) for notice in notices(g.session, one, about_id=row.id)]
    return render_template(
        "disclosure/staff/appeal.html",
        form=shown,
        case=one,
        row=row,
        standing=standing,
        anew=next((new.case for new in shown_anew(g.session, one, key=key) if new.appeal.id == row.id), None),
        said=_said(one, queries.said(key, row), shown=on_purpose),
        hidden=one.protected and not on_purpose,
        steps=queries.steps(g.session, key, row, inside=True),
        people=queries.participants(g.session, key, row),
        files=[(file, file_name(key, file)) for file in case_files(g.session, one, FileKind.EVIDENCE)],
        drafts=[(notice, name) for notice, name in letters if notice.state is NoticeState.DRAFTED],
        issued=[(notice, name) for notice, name in letters if notice.state is NoticeState.ISSUED],
        judged=[explained(due) for due in standing.judgement.dues] if standing.judgement else [],
        verdict=[wording.words(step.message, step.params) for step in standing.judgement.steps]
        if standing.judgement
        else [],
        may_handle=policy.may(g.actor, Right.HANDLE_APPEAL, one),
        can_consult=A.CONSULT in can,
        can_rule=bool(results(row.state, rule.way, one.law_day, opposed=opposed)),
        drafted_ruling=any(notice.kind == RULING for notice, _name in letters if notice.state is NoticeState.DRAFTED),
        inaction=row.against is Against.INACTION,
        suits=[(clock_name(due.code), due.binding_on) for due in standing.suits],
        words=appeal_wording,
        parts=PARTS,
        wording=wording,
    )


def clock_name(code: str) -> str:
    """What a period of a suit runs from."""
    return _("from the day of knowing the ruling") if code == "D10R" else _("from the day of the ruling")


@for_action(Right.HANDLE_APPEAL, look=True)
def appeal_step(number: str, appeal_id: str) -> Response | str:
    """Take or enter one step."""
    one = found(number)
    row = queries.appeal(g.session, one, appeal_id)
    form = StepForm(possible(row.state, route(one.regime, one.law_day).way), row.state)
    if form.validate_on_submit() and form.needs_day() and attempt(form, one, lambda: _take(one, row, form)):
        flash(_("The step is entered."), "success")
        return redirect(url_for("disclosure_staff.appeal", number=number, appeal_id=appeal_id), 303)
    return _show(one, row, form)


def _take(one: Case, row: Appeal, form: StepForm) -> None:
    key, note, day = case_key(office(), one), form.note.data or "", form.day.day
    by, at, step = g.actor, clock.now(), form.step.data or ""

    def ask() -> None:
        appeal_steps.ask_correction(g.session, one, row, note, day, key=key, by=by, at=at)

    def answer() -> None:
        appeal_steps.answer_correction(g.session, one, row, note, key=key, by=by, at=at, arrived_on=day)

    def report() -> None:
        number = form.number.data or ""
        appeal_steps.report(g.session, one, row, number, day or today(), note, key=key, by=by, at=at)

    does: dict[str, Callable[[], None]] = {
        A.ACCEPT: lambda: appeal_steps.accept(g.session, one, row, note, key=key, by=by, at=at),
        A.FORWARD: lambda: appeal_steps.forward(g.session, one, row, note, key=key, by=by, at=at),
        A.WITHDRAW: lambda: appeal_steps.withdraw_appeal(g.session, one, row, note, key=key, by=by, at=at),
        A.ASK_CORRECTION: ask,
        A.ANSWER_CORRECTION: answer,
        A.REPORT: report,
    }
    if step in does:
        does[step]()
    else:
        appeal_steps.enter_board_step(g.session, one, row, step, day or today(), note, key=key, by=by, at=at)


@for_action(Right.HANDLE_APPEAL, look=True)
def appeal_people_page(number: str, appeal_id: str) -> Response | str:
    """Who else takes part and is to be told of the consultation."""
    one = found(number)
    row = queries.appeal(g.session, one, appeal_id)
    key, form = case_key(office(), one), fresh(PersonForm(), one)

    def do() -> None:
        appeal_people.add_participant(
            g.session, one, row, Part(form.part.data),
            name=form.name.data or "", postal_code=form.postal_code.data or "", address=form.address.data or "",
            key=key, by=g.actor, at=clock.now(),
        )  # fmt: skip

    if form.validate_on_submit() and attempt(form, one, do):
        flash(_("Entered."), "success")
        return redirect(url_for("disclosure_staff.appeal_people_page", number=number, appeal_id=appeal_id), 303)
    look(g.session, one, What.CASE, by=g.actor, at=clock.now(), page="appeal")
    people = queries.participants(g.session, key, row)
    return render_template(
        "disclosure/staff/appeal_people.html", form=form, case=one, row=row, people=people, parts=PARTS
    )


@for_action(Right.HANDLE_APPEAL)
def remove_person(number: str, appeal_id: str, person_id: str) -> Response:
    """Take somebody off again."""
    one = found(number)
    row = queries.appeal(g.session, one, appeal_id)
    press(
        one, lambda: appeal_people.remove_participant(g.session, one, row, person_id, by=g.actor, at=clock.now())
    )  # fmt: skip
    return back_to(one, N_("Taken off."))
