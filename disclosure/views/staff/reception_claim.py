"""A claim on paper: entered on one page, filed once, with a receipt of its own."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from disclosure.forms.resident.questions import MINE
from disclosure.forms.resident.record_kinds import RECORDS
from disclosure.forms.staff.claim import SCAN, ClaimReceptionForm
from disclosure.models.case import Case
from disclosure.operations.claims import NOT_NOW, receive_claim
from disclosure.operations.submit import Submitted, make_secrets
from disclosure.policy import Right
from disclosure.queries.find import find
from disclosure.rules import claims as rules
from disclosure.rules.grounds import Ground
from disclosure.rules.kinds import CaseKind, RecordKind
from disclosure.rules.numbering import read_receipt_number
from disclosure.rules.records import answered, law_of
from disclosure.views.staff import reception_receipts as receipts
from disclosure.views.staff.held import for_action, today
from portal.core import clock
from portal.core.access_code import new_access_code
from portal.core.errors import N_, Conflict, Invalid, NotFound
from portal.web.building import office, settings
from portal.web.uploads import accepts_uploads

UPLOAD_BYTES = 16_000_000
UNKNOWN = N_("There is no case with this number.")


@for_action(Right.FILE, look=True)
@accepts_uploads(UPLOAD_BYTES, scan=SCAN)
def reception_claim(kind: str) -> Response | str:
    """Show the page; on POST say what is amiss, or file and go to the receipt."""
    if kind not in {one.value for one in rules.CLAIMS}:
        raise NotFound
    wanted, day, profile = CaseKind(kind), today(), settings().organisation.profile
    records = [(str(value), text) for value, text, _hint in RECORDS if RecordKind(value) in answered(profile, day)]
    form = ClaimReceptionForm(wanted, records, list(_grounds(wanted, _law_asked(records))))
    if not form.is_submitted():
        form.key.data, form.received_on.data = secrets.token_urlsafe(24), day.isoformat()
        form.whose.data = MINE
    elif number := receipts.number_of(form.key.data or ""):
        return redirect(url_for("disclosure_staff.reception_receipt", number=number), 303)
    shows = "show" in form and bool(form.show.data)
    if not shows and form.validate_on_submit() and (submitted := _file(form)) is not None:
        if not submitted.access_code:
            return redirect(url_for("disclosure_staff.case", number=submitted.case_number), 303)
        receipts.keep(form.key.data or "", submitted, name=form.name.data or "")
        return redirect(url_for("disclosure_staff.reception_receipt", number=submitted.case_number), 303)
    return render_template("disclosure/staff/reception_claim.html", form=form, kind=kind, name=rules.KINDS[wanted])


def _law_asked(records: Sequence[tuple[str, object]]) -> str:
    """The regime of the record that is claimed about, as chosen so far: of the request that disclosed it, if named."""
    try:
        origin = _origin(request.form.get("origin", ""))
    except Invalid:
        origin = None
    if origin is not None:
        return origin.regime
    known = [value for value, _text in records]
    chosen = request.form.get("records", "")
    first = chosen if chosen in known else next(iter(known), RecordKind.FORM.value)
    law = law_of(RecordKind(first), settings().organisation.profile, today())
    return law.code if law is not None else ""


def _grounds(kind: CaseKind, regime: str) -> tuple[Ground, ...]:
    """What can be said to be wrong, under the law of the record."""
    if rules.claim(kind, regime, today()) is None:
        return ()
    return rules.alleged(rules.claim_law(kind, regime, today()), today())


def _file(form: ClaimReceptionForm) -> Submitted | None:
    try:
        origin = _origin(form.origin.data or "")
        records = origin.records if origin is not None else RecordKind(form.records.data)
        law = law_of(records, settings().organisation.profile, form.arrived_on())
        regime = origin.regime if origin is not None else (law.code if law is not None else "")
        if rules.claim(form.kind, regime, form.arrived_on()) is None:
            raise Conflict(NOT_NOW)
        with g.session.begin_nested():
            return receive_claim(
                g.session,
                form.wanted(),
                form.paper(regime, origin.id if origin is not None else None, records),
                origin=origin,
                submission_key=form.key.data or "",
                secrets=make_secrets(office(), new_access_code()),
                vault=office(),
                organisation=settings().organisation,
                by=g.actor,
                at=clock.now(),
            )
    except (Invalid, Conflict) as error:
        form.tell(error, fields={"claim_reason": "reason"})
        return None


def _origin(typed: str) -> Case | None:
    if not typed.strip():
        return None
    number = read_receipt_number(typed, mark=settings().organisation.receipt_mark)
    if number is None:
        raise Invalid(UNKNOWN, field="origin")
    try:
        return find(g.session, number, actor=g.actor)
    except NotFound:
        raise Invalid(UNKNOWN, field="origin") from None
