"""Documents at the desk: requests on paper, what the disclosure costs, and the public reading room."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.case import CaseForm
from disclosure.forms.staff.documents import DocumentReceptionForm, disclosure_fee_form, publication_form
from disclosure.models.case import Case
from disclosure.models.publication import PublicationState
from disclosure.operations import publish_document
from disclosure.operations.disclosure_fee import charge_disclosure
from disclosure.operations.reception import receive
from disclosure.operations.submit import Submitted, make_secrets
from disclosure.policy import Right
from disclosure.queries.case_page import CasePage
from disclosure.queries.disclosure_fee import proposed, reckoned
from disclosure.queries.keys import case_key, file_name
from disclosure.queries.publications import covered_parts, places, said
from disclosure.queries.publications import publication as find_publication
from disclosure.queries.redaction import record, record_data
from disclosure.rules.fees import copy_prices
from disclosure.rules.grounds import ground
from disclosure.views.staff import reception_receipts as receipts
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, opened, press, today
from portal.core import clock, file_texts
from portal.core import press as presses
from portal.core.access_code import new_access_code
from portal.core.errors import N_, Invalid
from portal.core.files import PDF
from portal.web.building import office, settings
from portal.web.language import _, choose

SECONDS = 20.0


@for_action(Right.FILE)
def reception_documents() -> Response | str:
    """A request for documents that came on paper."""
    form = DocumentReceptionForm()
    if not form.is_submitted():
        form.key.data, form.received_on.data, form.items.data = secrets.token_urlsafe(24), today().isoformat(), "1"
        form.language.data = "ja"
    elif number := receipts.number_of(form.key.data or ""):
        return redirect(url_for("disclosure_staff.reception_receipt", number=number), 303)
    elif form.validate_on_submit() and (submitted := _file(form)) is not None:
        number = submitted.case_number
        if not submitted.access_code:
            return redirect(url_for("disclosure_staff.case", number=number), 303)
        receipts.keep(form.key.data or "", submitted, name=form.name.data or "")
        return redirect(url_for("disclosure_staff.reception_receipt", number=number), 303)
    return render_template("disclosure/staff/reception_documents.html", form=form)


def _file(form: DocumentReceptionForm) -> Submitted | None:
    try:
        with g.session.begin_nested():
            return receive(
                g.session,
                form.paper(),
                submission_key=form.key.data or "",
                secrets=make_secrets(office(), new_access_code()),
                vault=office(),
                organisation=settings().organisation,
                by=g.actor,
                at=clock.now(),
            )
    except Invalid as error:
        form.tell(error, fields={"details": "documents"})
        return None


@for_action(Right.HANDLE_FEES)
def disclosure_fee(number: str) -> Response | str:
    """What the disclosure costs by the table of prices; charged by a second press."""
    one = found(number)
    form = fresh(disclosure_fee_form(copy_prices(one.law_day), proposed(g.session, one)), one)
    amount = None
    if form.validate_on_submit() or not form.is_submitted():
        amount = _reckon(one, form)
    pressed = request.form.get("do") == "charge"
    if amount is not None and pressed and attempt(form, one, lambda: _charge(one, form)):
        told = _("The fee is charged, and the requester is told.") if amount.yen else _("Nothing is to be paid.")
        flash(told, "success")
        return redirect(url_for("disclosure_staff.fees", number=one.number), 303)
    return render_template("disclosure/staff/disclosure_fee.html", form=form, case=one, amount=amount)


def _reckon(one: Case, form: Any) -> Any:
    try:
        return reckoned(g.session, one, form.wanted())
    except Invalid as error:
        form.stop(error.message)
        return None


def _charge(one: Case, form: Any) -> None:
    charge_disclosure(g.session, one, form.wanted(), by=g.actor, at=clock.now())


def panel(page: CasePage) -> Mapping[str, Any] | None:
    """The documents that were handed out, on the case's page, and whether they are public."""
    one = page.case
    if one.records.personal:
        return None
    rows = places(g.session, one, case_key(office(), one))
    return {
        "rows": rows,
        "states": PublicationState,
        "may_charge": policy.may(g.actor, Right.HANDLE_FEES, one) and one.ended_on is None and page.record_files,
        "may_propose": policy.may(g.actor, Right.PROPOSE_DOCUMENT, one),
        "representative": page.values.get("representative", ""),  # type: ignore[call-overload]
        "contact_person": page.values.get("contact-person", ""),  # type: ignore[call-overload]
    }


@for_action(Right.PROPOSE_DOCUMENT, look=True)
def propose_document(number: str, file_id: str) -> Response | str:
    """Say what is to stand beside a document in the reading room."""
    one = found(number)
    key, file = case_key(office(), one), record(g.session, one, file_id)
    covered = [
        (code, f"{ground(one.regime, code).article_ja} {choose(ground(one.regime, code), 'label')}", part)
        for code, part in covered_parts(g.session, one, file, key)
    ]
    name = file_name(key, file)
    form = fresh(publication_form(covered, name.partition("_")[2].rpartition(".")[0]), one)

    def do() -> None:
        publish_document.propose(g.session, one, file_id, form.said(), vault=office(), by=g.actor, at=clock.now())

    if form.validate_on_submit() and attempt(form, one, do):
        return back_to(one, N_("The document is proposed. Somebody else has to agree."))
    page = opened(one, "propose-document")
    return render_template(
        "disclosure/staff/publication_form.html", form=form, case=one, page=page, file=file, name=name, wording=wording
    )


@for_action(Right.DROP_DOCUMENT, look=True)
def publication(number: str, publication_id: str) -> str:
    """What was proposed, beside the file, before somebody agrees."""
    one = found(number)
    key, row = case_key(office(), one), find_publication(g.session, one, publication_id)
    words = said(key, row)
    opened(one, "publication")
    return render_template(
        "disclosure/staff/publication.html",
        case=one,
        row=row,
        words=words,
        grounds=[(ground(one.regime, code), part) for code, part in words.withheld],
        name=file_name(key, record(g.session, one, row.file_id)),
        proposed=row.state is PublicationState.PROPOSED,
        may_publish=policy.may(g.actor, Right.PUBLISH_DOCUMENT, one) and row.proposed_by != g.actor.id,
        mine=row.proposed_by == g.actor.id,
        form=CaseForm(formdata=None),
        wording=wording,
    )


@for_action(Right.PUBLISH_DOCUMENT)
def publish(number: str, publication_id: str) -> Response:
    """Agree: everybody can read it from now on."""
    one = found(number)
    row = find_publication(g.session, one, publication_id)
    text = _text(one, row.file_id)

    def do() -> None:
        publish_document.publish(
            g.session, one, publication_id, text=text, vault=office(), by=g.actor, at=clock.now()
        )  # fmt: skip

    press(one, do)
    return back_to(one, N_("The document is in the public reading room."))


def _text(one: Case, file_id: str) -> str:
    """The text of what was handed out, by pages; empty for a picture, as every covered page is."""
    data, media_type = record_data(g.session, case_key(office(), one), record(g.session, one, file_id))
    if media_type != PDF:
        return ""
    try:
        return presses.run(file_texts.by_page, data, seconds=SECONDS)
    except Invalid:
        return ""


@for_action(Right.DROP_DOCUMENT)
def drop_publication(number: str, publication_id: str) -> Response:
    """Give the proposal up."""
    one = found(number)
    press(one, lambda: publish_document.drop(g.session, one, publication_id, by=g.actor, at=clock.now()))
    return back_to(one, N_("The proposal is given up. The document is not published."))
