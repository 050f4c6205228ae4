"""Complaints about no request: the form for everybody, the receipt, and the answer for whoever has number and code."""

from __future__ import annotations

from flask import g, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from disclosure.forms.complaint import ComplaintForm, OpenComplaintForm
from disclosure.operations import complaints as work
from disclosure.queries import complaints as queries
from disclosure.rules.appeals import terms
from portal.core import clock
from portal.core.access_code import new_access_code
from portal.core.errors import N_, Invalid
from portal.web.access import public
from portal.web.building import vault
from portal.web.language import current
from portal.web.throttle import Limit, throttled

RECEIPT = "disclosure.complaint"
DIFFERENT = N_("Number and access code do not belong together. Please check both; O and 0, I and 1 are the same.")
Answer = Response | tuple[str, int] | str


@public
@throttled(Limit("disclosure.complaint", count=20, seconds=3600))
def complaints() -> Answer:
    """The form."""
    today = clock.day_in_japan(clock.now())
    form = ComplaintForm()
    if form.validate_on_submit():
        try:
            filed = _file(form)
        except Invalid as error:
            form.tell(error, otherwise="text")
        else:
            if not filed.repeated or RECEIPT not in session:
                session[RECEIPT] = {"number": filed.number, "code": "" if filed.repeated else filed.code}
            return redirect(url_for("disclosure.complaint_receipt"), 303)
    page = render_template("disclosure/complaints.html", form=form, days=terms(today).complaint_days)
    return (page, 422) if form.errors else page


def _file(form: ComplaintForm) -> work.Filed:
    with g.session.begin_nested():
        return work.file_complaint(
            g.session, form.words(),
            submission_key=form.submission.data or "", code=new_access_code(),
            vault=vault(), language=current(), by=g.actor, at=clock.now(),
        )  # fmt: skip


@public
def complaint_receipt() -> Answer:
    """Number and code, as long as this browser keeps them."""
    kept = session.get(RECEIPT)
    if not kept:
        return redirect(url_for("disclosure.complaint_answer"), 303)
    return render_template("disclosure/complaint_receipt.html", receipt=kept)


@public
def complaint_noted() -> Response:
    """Forget the code: from now on only its owner knows it."""
    session.pop(RECEIPT, None)
    return redirect(url_for("disclosure.complaint_answer"), 303)


@public(records_look=True)
@throttled(
    Limit("disclosure.open", count=30, seconds=3600), Limit("disclosure.open", count=5, seconds=900, field="number")
)
def complaint_answer() -> Answer:
    """Ask for number and code, then show what was written and answered. Nothing stays in the browser."""
    form, found = OpenComplaintForm(), None
    if form.validate_on_submit():
        found = queries.open_with_code(g.session, form.number.data or "", form.code.data or "")
        if found is None:
            form.refuse("number", DIFFERENT)
    form.code.data = ""
    shown = None
    if found is not None:
        row, key = found
        work.look_at_complaint(g.session, row, by=g.actor, at=clock.now())
        shown = {"row": row, "said": queries.said(key, row), "answer": queries.answer(key, row)}
    page = render_template("disclosure/complaint_answer.html", form=form, shown=shown)
    return (page, 422) if form.errors else page
