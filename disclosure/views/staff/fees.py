"""Fees of a case at the desk: what is open, charging, payments with their receipts, waivers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.case import CaseForm
from disclosure.forms.staff.fees import (
    EVIDENCE,
    KINDS,
    LOWER,
    REFUSE,
    WAYS,
    ChargeForm,
    PaymentForm,
    WaiverDecisionForm,
    WaiverForm,
)
from disclosure.letters.fee_receipt import fee_receipt
from disclosure.models.case import Case
from disclosure.operations import fees as work
from disclosure.operations.filing import Upload
from disclosure.operations.look import What, look
from disclosure.operations.waive_fee import ask_waiver, decide_waiver
from disclosure.policy import Right
from disclosure.queries.case_page import CasePage
from disclosure.queries.fees import FeeAccount, fee_account, postage_estimate, waiver_texts
from disclosure.queries.fees import waiver as find_waiver
from disclosure.queries.keys import case_files, case_key, fields
from disclosure.rules.fees import (
    FeeKind,
    Way,
    chargeable,
    copy_prices,
    reckon_request,
)
from disclosure.rules.kinds import Delivery, FileKind
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, for_action, found, fresh, press, today
from portal.core import clock
from portal.core.errors import N_, NotFound
from portal.web.building import office, settings
from portal.web.downloads import download
from portal.web.language import _
from portal.web.uploads import accepts_uploads

UPLOAD_BYTES = 16_000_000


def panel(page: CasePage) -> Mapping[str, Any] | None:
    """What is open, on the case's page; left out where nothing is charged and nothing would be."""
    account = fee_account(g.session, page.case)
    due = page.case.delivery is Delivery.POST or bool(account.charges)
    known = account.law is not None and (account.law.fee_yen or not account.law.known)
    if not (due or known):
        return None
    return {
        "account": account,
        "waits": any(row.waiver_waits for row in account.charges),
        "kinds": KINDS,
        "may_handle": policy.may(g.actor, Right.HANDLE_FEES, page.case),
    }


@for_action(Right.READ)
def fees(number: str) -> str:
    """The ledger of a case: every charge with what happened to it."""
    one = found(number)
    return _page(one, CaseForm(formdata=None))


def _page(one: Case, form: CaseForm) -> str:
    account = fee_account(g.session, one)
    return render_template(
        "disclosure/staff/fees.html",
        form=form,
        case=one,
        account=account,
        kinds=KINDS,
        ways=WAYS,
        waivable={row.entry.id for row in account.charges if account.can_waive(row)},
        may={right.name.lower(): policy.may(g.actor, right, one) for right in (Right.HANDLE_FEES, Right.WAIVE_FEE)},
        wording=wording,
    )


def _back(one: Case, message: str) -> Response:
    flash(_(message), "success")
    return redirect(url_for("disclosure_staff.fees", number=one.number), 303)


@for_action(Right.HANDLE_FEES)
def charge_fee(number: str) -> Response | str:
    """Charge an amount; what the law and the tables make of it is shown beside."""
    one = found(number)
    account = fee_account(g.session, one)
    form = fresh(ChargeForm(chargeable(account.law)), one)

    def do() -> None:
        work.charge(g.session, one, FeeKind(form.what.data), form.amount, by=g.actor, at=clock.now())

    if form.validate_on_submit() and attempt(form, one, do):
        return _back(one, N_("The amount is charged, and the requester is told."))
    return render_template(
        "disclosure/staff/fee_charge.html",
        form=form,
        case=one,
        request_amount=reckon_request(account.law) if account.law else None,
        postage=postage_estimate(g.session, one, today()),
        prices=copy_prices(today()) if account.law and account.law.copies_charged else (),
        copies_ja=account.law.copies_ja if account.law and not account.law.copies_charged else "",
        wording=wording,
    )


@for_action(Right.HANDLE_FEES)
def pay_fee(number: str, fee_id: str) -> Response | str:
    """Enter a payment."""
    one = found(number)
    account = fee_account(g.session, one)
    charge = account.charge(fee_id)
    ways = account.law.way_list() if account.law else tuple(Way)
    start = {"yen": str(charge.open_yen), "paid_on": wording.plain_day(today())}
    form = fresh(PaymentForm(ways, data=start), one)

    def do() -> None:
        work.pay(
            g.session, one, fee_id, Way(form.way.data), form.amount,
            paid_on=form.paid_on.day or today(), by=g.actor, at=clock.now(),
        )  # fmt: skip

    if form.validate_on_submit() and attempt(form, one, do):
        return _back(one, N_("The payment is entered. Its receipt can be printed."))
    return _form(one, form, _("Enter a payment"), charge=charge)


@for_action(Right.HANDLE_FEES)
def strike_fee(number: str, fee_id: str) -> Response:
    """Take away a charge that was entered by mistake."""
    one = found(number)
    press(one, lambda: work.strike(g.session, one, fee_id, by=g.actor, at=clock.now()))
    return _back(one, N_("The charge is taken away."))


@for_action(Right.HANDLE_FEES)
def refund_fee(number: str, fee_id: str) -> Response:
    """Enter that a payment was given back."""
    one = found(number)
    press(one, lambda: work.refund(g.session, one, fee_id, by=g.actor, at=clock.now()))
    return _back(one, N_("It is entered that the payment was given back."))


@for_action(Right.HANDLE_FEES, look=True)
def fee_receipt_file(number: str, fee_id: str) -> Response:
    """The receipt of a payment as PDF."""
    one = found(number)
    _charge, payment = fee_account(g.session, one).payment(fee_id)
    entry = payment.entry
    if entry.way is None or entry.number is None:
        raise NotFound
    look(g.session, one, What.FILE, by=g.actor, at=clock.now(), page="fee-receipt")
    data = fee_receipt(
        entry.number, one.number, fields(case_key(office(), one), one),
        what=entry.what, way=entry.way, yen=entry.yen, day=entry.day, settings=settings(),
    )  # fmt: skip
    return download(data, name=f"{entry.number}.pdf", media_type="application/pdf")


@for_action(Right.ASK_WAIVER)
@accepts_uploads(UPLOAD_BYTES, file=EVIDENCE)
def ask_fee_waiver(number: str, fee_id: str) -> Response | str:
    """Enter an application for a waiver that came on paper."""
    one = found(number)
    charge = fee_account(g.session, one).charge(fee_id)
    form = fresh(WaiverForm(data={"asked_on": wording.plain_day(today())}), one)

    def do() -> None:
        clean = form.file.clean
        ask_waiver(
            g.session, one, fee_id, form.reason.data or "", key=case_key(office(), one), by=g.actor, at=clock.now(),
            uploads=[Upload(form.file.data.filename, clean)] if clean else [], asked_on=form.asked_on.day,
        )  # fmt: skip

    if form.validate_on_submit() and attempt(form, one, do):
        return _back(one, N_("The application is entered. An approver decides on it."))
    return _form(one, form, _("Enter an application for a waiver"), charge=charge)


@for_action(Right.WAIVE_FEE, look=True)
def fee_waiver(number: str, waiver_id: str) -> Response | str:
    """Read an application and decide on it."""
    one = found(number)
    row = find_waiver(g.session, one, waiver_id)
    key = case_key(office(), one)
    form = fresh(WaiverDecisionForm(), one)

    def do() -> None:
        decide_waiver(
            g.session, one, row.id, grant=form.outcome.data != REFUSE, answer=form.answer.data or "",
            key=key, by=g.actor, at=clock.now(), yen=form.amount if form.outcome.data == LOWER else None,
        )  # fmt: skip

    if form.validate_on_submit() and attempt(form, one, do):
        return _back(one, N_("The decision is entered, and the requester is told."))
    look(g.session, one, What.CASE, by=g.actor, at=clock.now(), page="fee-waiver")
    reason, answer = waiver_texts(key, row)
    account: FeeAccount = fee_account(g.session, one)
    files = [file for file in case_files(g.session, one, FileKind.EVIDENCE) if file.id in row.files]
    return render_template(
        "disclosure/staff/fee_waiver.html",
        form=form,
        case=one,
        row=row,
        reason=reason,
        answer=answer,
        charge=account.charge(row.charge_id),
        law=account.law,
        files=files,
        kinds=KINDS,
        mine=row.asked_by == g.actor.id,
        wording=wording,
    )


def _form(one: Case, form: CaseForm, title: str, **more: Any) -> str:
    return render_template("disclosure/staff/fee_form.html", form=form, case=one, title=title, kinds=KINDS, **more)
