"""What a requester has to pay, asking for a waiver, receipts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure.forms.resident.fees import EVIDENCE, WaiverForm
from disclosure.letters.fee_receipt import fee_receipt
from disclosure.operations.filing import Upload
from disclosure.operations.look import What, look
from disclosure.operations.waive_fee import ask_waiver
from disclosure.queries.fees import Charge, fee_account, waiver_texts
from disclosure.queries.keys import fields
from disclosure.queries.opening import OpenedCase
from disclosure.rules.fees import FeeKind, Way
from disclosure.views.resident.documents import UPLOAD_BYTES
from disclosure.views.resident.opened import with_case
from portal.core import clock
from portal.core.errors import Invalid, NotFound
from portal.web.building import settings
from portal.web.downloads import download
from portal.web.language import _, _l
from portal.web.throttle import Limit, throttled
from portal.web.uploads import accepts_uploads

Answer = Response | tuple[str, int] | str
KINDS = {
    FeeKind.REQUEST: _l("Fee of the request"),
    FeeKind.POSTAGE: _l("Postage"),
    FeeKind.COPIES: _l("Copies"),
}
HOW = {
    Way.STAMP: _l("With revenue stamps, at our office or by post"),
    Way.CASH: _l("In cash at our office"),
    Way.TRANSFER: _l("By bank transfer"),
    Way.ONLINE: _l("Online"),
}
WAYS = {
    Way.STAMP: _l("revenue stamps"),
    Way.CASH: _l("cash"),
    Way.TRANSFER: _l("bank transfer"),
    Way.ONLINE: _l("online"),
}


def panel(found: OpenedCase) -> Mapping[str, Any] | None:
    """What is to be paid and what was; left out where nothing is charged."""
    account = fee_account(g.session, found.case)
    charges = [row for row in account.charges if not row.struck]
    if not charges:
        return None
    return {
        "charges": charges,
        "open_yen": account.open_yen,
        "asks": any(row.open_yen and not row.waiver_waits for row in charges),
        "kinds": KINDS,
        "ways": WAYS,
        "how": [HOW[way] for way in account.law.way_list()] if account.law else [],
        "waivable": {row.entry.id for row in charges if account.can_waive(row)},
        "answers": {row.entry.id: _answer(found, row) for row in charges},
    }


def _answer(found: OpenedCase, row: Charge) -> str:
    return waiver_texts(found.key, row.waiver)[1] if row.waiver is not None else ""


@accepts_uploads(UPLOAD_BYTES, file=EVIDENCE)
@throttled(Limit("disclosure.upload", count=300, seconds=3600))
@with_case
def fee_waiver(found: OpenedCase, fee_id: str) -> Answer:
    """Ask that a fee be waived."""
    account = fee_account(g.session, found.case)
    charge = account.charge(fee_id)
    if account.law is None or not account.can_waive(charge):
        flash(_("A waiver of this fee cannot be asked for now."), "info")
        return _home()
    form = WaiverForm()
    if form.validate_on_submit():
        clean = form.file.clean
        uploads = [Upload(form.file.data.filename, clean)] if clean else []
        try:
            with g.session.begin_nested():
                ask_waiver(
                    g.session, found.case, fee_id, form.reason.data or "",
                    key=found.key, by=found.actor, at=clock.now(), uploads=uploads,
                )  # fmt: skip
        except Invalid as error:
            form.tell(error, otherwise="reason", fields={"files": "file"})
        else:
            flash(_("Your application has arrived. You see here what is decided."), "success")
            return _home()
    page = render_template("disclosure/fee_waiver.html", form=form, charge=charge, law=account.law, kinds=KINDS)
    return (page, 422) if form.errors else page


@with_case
def fee_receipt_file(found: OpenedCase, fee_id: str) -> Response:
    """The receipt of a payment as PDF."""
    _charge, payment = fee_account(g.session, found.case).payment(fee_id)
    entry = payment.entry
    if payment.refunded or entry.way is None or entry.number is None:
        raise NotFound
    look(g.session, found.case, What.FILE, by=found.actor, at=clock.now(), page="fee-receipt")
    data = fee_receipt(
        entry.number, found.case.number, fields(found.key, found.case),
        what=entry.what, way=entry.way, yen=entry.yen, day=entry.day,
        settings=settings(),
    )  # fmt: skip
    return download(data, name=f"{entry.number}.pdf", media_type="application/pdf")


def _home() -> Response:
    return redirect(url_for("disclosure.case"), 303)
