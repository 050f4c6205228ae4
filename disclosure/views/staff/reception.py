"""A request on paper: entered on one page, filed once."""

from __future__ import annotations

import secrets

from flask import g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure.forms.resident.questions import MINE
from disclosure.forms.staff.reception import SCAN, ReceptionForm
from disclosure.operations.filing import Upload
from disclosure.operations.reception import receive, show_same
from disclosure.operations.submit import Submitted, make_secrets
from disclosure.policy import Right
from disclosure.queries.same_person import same_person
from disclosure.views.staff import reception_receipts as receipts
from disclosure.views.staff import reception_scan as scans
from disclosure.views.staff.held import for_action, today
from portal.core import clock
from portal.core.access_code import new_access_code
from portal.core.errors import Invalid
from portal.web.building import office, settings
from portal.web.uploads import accepts_uploads

# More than one file may have, so that a file that is somewhat too large is refused on this page, in words.
UPLOAD_BYTES = 16_000_000


@for_action(Right.FILE)
@accepts_uploads(UPLOAD_BYTES, scan=SCAN)
def reception() -> Response | str:
    """Show the page; on POST say what is amiss, or who asked before, or file and go to the receipt."""
    form = ReceptionForm()
    if not form.is_submitted():
        form.key.data, form.received_on.data = secrets.token_urlsafe(24), today().isoformat()
        form.whose.data, form.language.data = MINE, "ja"
        return _page(form)
    if number := receipts.number_of(form.key.data or ""):
        return redirect(url_for("disclosure_staff.reception_receipt", number=number), 303)
    valid = form.validate_on_submit()
    scans.take(form)
    if valid and not _asked_before(form):
        submitted = _file(form)
        if submitted is not None:
            return _done(form, submitted)
    return _page(form)


def _page(form: ReceptionForm) -> str:
    return render_template(
        "disclosure/staff/reception.html",
        form=form,
        scan=scans.kept(form.key.data or ""),
        same=[number for number in (form.seen.data or "").split(",") if number and not form.errors],
    )


def _asked_before(form: ReceptionForm) -> bool:
    """Whether there are open cases of the same person that the officer has not been told of and gone on."""
    cases = same_person(g.session, [form.person()], vault=office(), actor=g.actor)[0]
    seen = ",".join(case.number for case in cases)
    if not cases or (form.go_on.data and form.seen.data == seen):
        return False
    show_same(g.session, cases, by=g.actor, at=clock.now())
    form.seen.data, form.go_on.data = seen, False
    return True


def _file(form: ReceptionForm) -> Submitted | None:
    try:
        paper = form.paper(_files(form))
        made = make_secrets(office(), new_access_code())
        with g.session.begin_nested():
            return receive(
                g.session,
                paper,
                submission_key=form.key.data or "",
                secrets=made,
                vault=office(),
                organisation=settings().organisation,
                by=g.actor,
                at=clock.now(),
            )
    except Invalid as error:
        form.tell(error)
        return None


def _files(form: ReceptionForm) -> tuple[Upload, ...]:
    found = scans.upload(form.key.data or "")
    return (found,) if found else ()


def _done(form: ReceptionForm, submitted: Submitted) -> Response:
    scans.drop(form.key.data or "")
    number = submitted.case_number
    if not submitted.access_code:  # filed before, in another session that has its receipt
        return redirect(url_for("disclosure_staff.case", number=number), 303)
    receipts.keep(form.key.data or "", submitted, name=form.name.data or "")
    return redirect(url_for("disclosure_staff.reception_receipt", number=number), 303)
