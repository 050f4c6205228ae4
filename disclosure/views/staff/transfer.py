"""Handing a request over to another body: consult it, enter its answer, draft both letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.case import CaseForm
from disclosure.forms.staff.transfer import AGREED, TransferAnswerForm, TransferForm, TransferLettersForm
from disclosure.models.case import Case
from disclosure.models.transfer import Transfer
from disclosure.operations import transfer as transferring
from disclosure.operations.transfer import Wanted
from disclosure.policy import Right
from disclosure.queries.case_page import CasePage
from disclosure.queries.keys import case_key
from disclosure.queries.notices import notices
from disclosure.queries.transfers import (
    may_transfer,
    shown_transfer,
    shown_transfers,
    transfer_in_work,
    transfer_obstacle,
)
from disclosure.rules.transfers import IN_WORK, TransferState
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, opened, press
from portal.core import clock
from portal.core.errors import N_, Conflict
from portal.letters import kinds
from portal.web.building import office
from portal.web.language import _, _l

STATES = {
    TransferState.CONSULTED: _l("The other body was consulted"),
    TransferState.AGREED: _l("The other body agreed"),
    TransferState.DECLINED: _l("The other body declined"),
    TransferState.DONE: _l("Transferred"),
}
ENCLOSED = "開示請求書の写し\n本人確認の記録"


def panel(page: CasePage) -> Mapping[str, Any] | None:
    """The transfers of a case, with the way to the one that is in work."""
    rows = shown_transfers(g.session, page.case, key=case_key(office(), page.case))
    if not rows:
        return None
    return {
        "rows": [(row, STATES[row.state], row.state in IN_WORK) for row in rows],
        "may": policy.may(g.actor, Right.CONSULT, page.case),
    }


@for_action(Right.CONSULT, look=True)
def transfer(number: str) -> Response | str:
    """Enter a consultation; where one is in work, its page shows how far it has come."""
    one = found(number)
    if (row := transfer_in_work(g.session, one)) is not None:
        return _stage(one, row)
    form = fresh(TransferForm(), one)
    if form.validate_on_submit() and form.whole() and attempt(form, one, lambda: _consult(one, form)):
        return _on(one, N_("The consultation is entered."))
    return render_template(
        "disclosure/staff/transfer.html",
        form=form,
        case=one,
        page=opened(one, "transfer"),
        obstacle=transfer_obstacle(one),
        possible=may_transfer(one),
        wording=wording,
    )


def _consult(one: Case, form: TransferForm) -> None:
    wanted = Wanted(
        body=form.body.data or "",
        head=form.head.data or "",
        department=form.department.data or "",
        postal_code=form.postal_code.data or "",
        address=form.address.data or "",
        telephone=form.telephone.data or "",
        asked_of=form.asked_of.data or "",
        part=form.meant,
        reason=form.reason.data or "",
        consulted_on=form.consulted_on.day or one.received_on,
    )
    transferring.consult(g.session, one, wanted, vault=office(), by=g.actor, at=clock.now())


@for_action(Right.CONSULT)
def transfer_answer(number: str) -> Response | str:
    """Enter what the other body said."""
    one = found(number)
    row, form = _in_work(one), TransferAnswerForm()
    if form.validate_on_submit() and attempt(form, one, lambda: _answer(one, row, form)):
        agreed = form.agreed.data == AGREED
        return _on(one, N_("The answer is entered. Now draft the letters.")) if agreed else _declined(one)
    return _stage(one, row, form)


def _answer(one: Case, row: Transfer, form: TransferAnswerForm) -> None:
    transferring.answer_consultation(
        g.session,
        one,
        row,
        agreed=form.agreed.data == AGREED,
        answered_on=form.answered_on.day or row.consulted_on,
        note=form.note.data or "",
        vault=office(),
        by=g.actor,
        at=clock.now(),
    )


def _declined(one: Case) -> Response:
    return back_to(one, N_("The answer is entered. The request stays here."))


@for_action(Right.CONSULT)
def transfer_letters(number: str) -> Response | str:
    """Draft both letters, or write them again."""
    one = found(number)
    row, form = _in_work(one), TransferLettersForm()
    if form.validate_on_submit() and attempt(form, one, lambda: _draft(one, row, form)):
        flash(_("The draft is kept. Somebody else with the role of approver reads and issues it."), "success")
        drafted = notices(g.session, one, transferring.letters_of(one)[1], row.id)[0]
        return redirect(url_for("disclosure_staff.notice", number=one.number, notice_id=drafted.id), 303)
    return _stage(one, row, form)


def _draft(one: Case, row: Transfer, form: TransferLettersForm) -> None:
    transferring.draft_letters(
        g.session, one, row, enclosed=form.enclosed.data or "", vault=office(), by=g.actor, at=clock.now()
    )


@for_action(Right.CONSULT)
def drop_transfer(number: str) -> Response:
    """Give the transfer up."""
    one = found(number)
    row = _in_work(one)
    press(one, lambda: transferring.drop_transfer(g.session, one, row, by=g.actor, at=clock.now()))
    return back_to(one, N_("The transfer is given up. The request stays here."))


def _in_work(one: Case) -> Transfer:
    row = transfer_in_work(g.session, one)
    if row is None:
        raise Conflict(N_("No transfer is in work."))
    return row


def _on(one: Case, message: str) -> Response:
    flash(_(message), "success")
    return redirect(url_for("disclosure_staff.transfer", number=one.number), 303)


def _stage(one: Case, row: Transfer, form: CaseForm | None = None) -> str:
    asked = row.state is TransferState.CONSULTED
    blank = TransferAnswerForm(formdata=None) if asked else TransferLettersForm(formdata=None, data=_start())
    if form is None:
        form = blank
        form.version.data = str(one.version)
    return render_template(
        "disclosure/staff/transfer_stage.html",
        form=form,
        case=one,
        page=opened(one, "transfer"),
        row=shown_transfer(row, key=case_key(office(), one)),
        state=STATES[row.state],
        asked=asked,
        drafts=[(draft.id, kinds.name(draft.kind)) for draft in notices(g.session, one, about_id=row.id)],
        wording=wording,
    )


def _start() -> dict[str, str]:
    return {"enclosed": ENCLOSED}
