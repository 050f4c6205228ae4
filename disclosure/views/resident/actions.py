"""What a requester does in their own case. Doing it twice leads to the same page as doing it once."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure.forms.resident.case import FILE, AnswerForm, WithdrawForm
from disclosure.operations import correct
from disclosure.operations import withdraw as withdrawing
from disclosure.operations.filing import Upload
from disclosure.operations.look import What, look
from disclosure.queries.case_law import stands_still
from disclosure.queries.keys import fields
from disclosure.queries.notices import notices
from disclosure.queries.opening import OpenedCase
from disclosure.queries.status import status
from disclosure.rules.states import Action
from disclosure.views.resident import opened
from disclosure.views.resident.documents import UPLOAD_BYTES
from disclosure.views.resident.opened import with_case
from portal.core import clock
from portal.core.errors import Invalid
from portal.web.building import vault
from portal.web.language import _
from portal.web.throttle import Limit, throttled
from portal.web.uploads import accepts_uploads

Answer = Response | tuple[str, int] | str


@accepts_uploads(UPLOAD_BYTES, file=FILE)
@throttled(Limit("disclosure.upload", count=300, seconds=3600))
@with_case
def correction(found: OpenedCase) -> Answer:
    """What needs to be mended, and the answer to it."""
    now = clock.now()
    shown = status(g.session, found, today=clock.day_in_japan(now))
    asked = shown.correction
    if asked is None:
        flash(_("No correction is being waited for. Perhaps your answer has arrived already."), "info")
        return _home()
    before = fields(found.key, found.case)
    form = AnswerForm(
        [defect.code for defect in asked.defects],
        data={name.value.replace("-", "_"): text for name, text in before.items()},
        documents=not found.case.records.personal,
    )
    if form.is_submitted() and form.round.data != asked.id:
        flash(_("There is a newer request for correction. Please read it again."), "warning")
        return redirect(url_for("disclosure.correction"), 303)
    if form.validate_on_submit():
        clean = form.file.clean
        uploads = [Upload(form.file.data.filename, clean)] if clean else []
        try:
            with g.session.begin_nested():
                correct.answer_correction(
                    g.session, found.case, key=found.key, vault=vault(),
                    by=found.actor, at=now,
                    changes=form.changes(before), answer=form.answer.data or "", uploads=uploads,
                )  # fmt: skip
        except Invalid as error:
            form.tell(error, otherwise="answer", fields={"files": "file"})
        else:
            runs = _("Your answer has arrived. The clock runs again from tomorrow.")
            flash(runs if stands_still(found.case) else _("Your answer has arrived."), "success")
            return _home()
    form.round.data = asked.id
    if not form.errors:
        look(g.session, found.case, What.CASE, by=found.actor, at=now)
    letter = next(iter(notices(g.session, found.case, "f3", asked.id)), None)
    page = render_template(
        "disclosure/correction.html",
        form=form,
        asked=asked,
        stands_still=stands_still(found.case),
        letter_id=letter.letter_id if letter else None,
        closes_at=opened.closes_at(),
    )
    return (page, 422) if form.errors else page


@with_case
def withdraw(found: OpenedCase) -> Answer:
    """Ask once more, then withdraw."""
    shown = status(g.session, found, today=clock.day_in_japan(clock.now()))
    if Action.WITHDRAW not in shown.can:
        flash(_("This request cannot be withdrawn any more."), "info")
        return _home()
    form = WithdrawForm()
    if form.validate_on_submit():
        withdrawing.withdraw(g.session, found.case, by=found.actor, at=clock.now())
        flash(_("Your request was withdrawn."), "success")
        return _home()
    page = render_template("disclosure/withdraw.html", form=form, number=found.case.number)
    return (page, 422) if form.errors else page


def _home() -> Response:
    return redirect(url_for("disclosure.case"), 303)
