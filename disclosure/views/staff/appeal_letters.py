"""Writing the letters of an appeal: to the board, the ruling; and beginning what is decided anew after it."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure.forms.staff.appeal import AnewForm, ConsultationForm, RulingForm
from disclosure.models.appeal import Appeal
from disclosure.models.case import Case
from disclosure.models.notice import Notice
from disclosure.operations import draft_appeal_letters as drafts
from disclosure.operations.appeal_letters import RULING
from disclosure.operations.decide_anew import begin_anew
from disclosure.operations.look import What, look
from disclosure.policy import Right
from disclosure.queries import appeals as queries
from disclosure.queries.keys import case_files, case_key
from disclosure.queries.notices import said as typed
from disclosure.rules.appeals import Against, AppealState, board, results, route
from disclosure.rules.kinds import FileKind
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh
from portal.core import clock
from portal.core.errors import N_, Conflict
from portal.web.building import office, settings
from portal.web.language import _

ATTACHMENTS = (
    "審査請求書の写し",
    "開示請求書の写し",
    "開示決定等の通知書の写し",
    "対象となった記録の写し",
    "不開示とした部分の一覧",
)
NO_BOARD = N_("Under this law no board is asked.")


def _found(number: str, appeal_id: str) -> tuple[Case, Appeal]:
    one = found(number)
    return one, queries.appeal(g.session, one, appeal_id)


def _to_draft(one: Case) -> Response:
    flash(_("The draft is kept. Somebody else with the role of approver reads and issues it."), "success")
    made: Notice = g.made
    return redirect(url_for("disclosure_staff.notice", number=one.number, notice_id=made.id), 303)


@for_action(Right.HANDLE_APPEAL, look=True)
def consult(number: str, appeal_id: str) -> Response | str:
    """The letter to the board."""
    one, row = _found(number, appeal_id)
    rule = route(one.regime, one.law_day)
    if not rule.board:
        raise Conflict(NO_BOARD)
    asked = board(rule.board, one.law_day)
    usual = [line for line in ATTACHMENTS if row.against is Against.DECISION or "決定" not in line]
    start = {"postal_code": asked.postal_code, "address": asked.address_ja, "attachments": "\n".join(usual)}
    form = fresh(ConsultationForm(data=start), one)

    def do() -> None:
        text = {name: form[name].data or "" for name in drafts.CONSULTATION_TEXTS}
        g.made = drafts.draft_consultation(g.session, one, row, text, vault=office(), by=g.actor, at=clock.now())

    if form.validate_on_submit() and attempt(form, one, do):
        return _to_draft(one)
    look(g.session, one, What.CASE, by=g.actor, at=clock.now(), page="appeal")
    people = queries.participants(g.session, case_key(office(), one), row)
    return render_template(
        "disclosure/staff/consult.html", form=form, case=one, row=row, board=asked, route=rule, people=people
    )


@for_action(Right.HANDLE_APPEAL, look=True)
def ruling(number: str, appeal_id: str) -> Response | str:
    """The ruling."""
    one, row = _found(number, appeal_id)
    rule = route(one.regime, one.law_day)
    allowed = results(row.state, rule.way, one.law_day, opposed=queries.opposed(g.session, row))
    form = RulingForm(allowed, reported=row.reported_on is not None, data=_typed(one, row, RULING))
    fresh(form, one)

    def do() -> None:
        g.made = drafts.draft_ruling(g.session, one, row, form.texts(), vault=office(), by=g.actor, at=clock.now())

    if form.validate_on_submit() and attempt(form, one, do):
        return _to_draft(one)
    look(g.session, one, What.CASE, by=g.actor, at=clock.now(), page="appeal")
    return render_template(
        "disclosure/staff/ruling.html",
        form=form,
        case=one,
        row=row,
        route=rule,
        allowed=allowed,
        without_board=bool(rule.board) and row.state is not AppealState.REPORTED,
    )


@for_action(Right.HANDLE_APPEAL, look=True)
def decide_anew(number: str, appeal_id: str) -> Response | str:
    """Begin the case in which is decided anew what the ruling asks for."""
    one, row = _found(number, appeal_id)
    records = len(case_files(g.session, one, FileKind.RECORD))
    form = fresh(AnewForm(data={"records": bool(records)}), one)

    def do() -> None:
        g.made = begin_anew(
            g.session, one, row,
            records=bool(form.records.data), vault=office(), organisation=settings().organisation, by=g.actor,
            at=clock.now(),
        )  # fmt: skip

    if form.validate_on_submit() and attempt(form, one, do):
        made: Case = g.made
        return back_to(made, N_("Decide anew in this case. The requester opens it from the page of the first."))
    look(g.session, one, What.CASE, by=g.actor, at=clock.now(), page="appeal")
    return render_template("disclosure/staff/decide_anew.html", form=form, case=one, row=row, records=records)


def _typed(one: Case, row: Appeal, code: str) -> dict[str, str]:
    """What a draft says, to go on from."""
    draft = drafts.in_work(g.session, one, row, code)
    return {} if draft is None else typed(case_key(office(), one), draft)
