"""Complaints on the desk: the list, one with its answer, entering one that came in another way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from disclosure.forms.complaint import AnswerForm, PaperComplaintForm
from disclosure.operations import complaints as work
from disclosure.policy import Right
from disclosure.queries import complaints as queries
from disclosure.queries.case_page import CasePage
from disclosure.queries.find import find
from disclosure.queries.keys import case_key
from disclosure.rules.kinds import Channel
from disclosure.rules.numbering import read_receipt_number
from disclosure.views.staff import wording
from disclosure.views.staff.held import for_action, today
from portal.core import clock
from portal.core.access_code import new_access_code
from portal.core.errors import N_, Conflict, Invalid, NotFound
from portal.web.building import office, settings
from portal.web.language import _, current

ENTERED = "disclosure.complaint.entered"


def panel(page: CasePage) -> Mapping[str, Any] | None:
    """The complaints about a case on its page."""
    rows = queries.of_case(g.session, page.case)
    return {"rows": rows} if rows else None


@for_action(Right.HANDLE_COMPLAINT)
def complaints() -> str:
    """All complaints. No texts, so nothing is opened."""
    answered = request.args.get("show") == "answered"
    rows = queries.complaint_list(g.session, actor=g.actor, today=today(), answered=answered)
    entered = session.pop(ENTERED, None)
    return render_template(
        "disclosure/staff/complaints.html", rows=rows, answered=answered, entered=entered, wording=wording
    )


@for_action(Right.HANDLE_COMPLAINT, look=True)
def complaint(number: str) -> Response | tuple[str, int] | str:
    """One complaint, and answering it."""
    row = queries.complaint(g.session, number, actor=g.actor)
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            with g.session.begin_nested():
                work.answer_complaint(
                    g.session, row, form.answer.data or "", vault=office(), by=g.actor, at=clock.now()
                )  # fmt: skip
        except (Invalid, Conflict) as error:
            g.session.refresh(row)
            form.stop(error.message)
        else:
            flash(_("The answer is kept. Whoever complained can read it now."), "success")
            return redirect(url_for("disclosure_staff.complaints"), 303)
    work.look_at_complaint(g.session, row, by=g.actor, at=clock.now())
    key = queries.key_of(g.session, office(), row)
    page = render_template(
        "disclosure/staff/complaint.html",
        form=form,
        row=row,
        said=queries.said(key, row),
        answer=queries.answer(key, row),
        wording=wording,
    )
    return (page, 422) if form.errors else page


@for_action(Right.HANDLE_COMPLAINT)
def new_complaint() -> Response | tuple[str, int] | str:
    """Enter one that came at the window, by telephone, post or telefax."""
    form = PaperComplaintForm()
    if form.validate_on_submit():
        try:
            with g.session.begin_nested():
                filed = _enter(form)
        except (Invalid, NotFound) as error:
            field = str(error.params.get("field", "case_number")).replace("-", "_")
            form.refuse(field if field in form else "text", error.message)
        else:
            session[ENTERED] = {"number": filed.number, "code": filed.code}
            return redirect(url_for("disclosure_staff.complaints"), 303)
    page = render_template("disclosure/staff/new_complaint.html", form=form)
    return (page, 422) if form.errors else page


def _enter(form: PaperComplaintForm) -> work.Filed:
    channel, day, at = Channel(form.channel.data), form.received_on.day, clock.now()
    key = form.submission.data or ""
    if not (form.case_number.data or "").strip():
        return work.file_complaint(
            g.session, form.words(), submission_key=key, code=new_access_code(), vault=office(), language=current(),
            by=g.actor, at=at, channel=channel, received_on=day,
        )  # fmt: skip
    written = read_receipt_number(form.case_number.data or "", mark=settings().organisation.receipt_mark)
    if written is None:
        raise Invalid(N_("This is no receipt number of ours."), field="case_number")
    case = find(g.session, written, actor=g.actor)
    return work.file_about_case(
        g.session, case, form.words(), submission_key=key, key=case_key(office(), case), by=g.actor, at=at,
        channel=channel, received_on=day,
    )  # fmt: skip
