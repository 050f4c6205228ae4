"""The way of one letter: its ledger, and what is entered in it."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure.forms.staff.case import CaseForm
from disclosure.forms.staff.delivery import CAME_BACK, PRESUMED, RETURNS, HandOverForm, OutcomeForm, PostingForm
from disclosure.models.case import Case
from disclosure.operations import deliver, order_post
from disclosure.operations.print_run import correct_posting as put_right
from disclosure.policy import Right
from disclosure.queries.deliveries import LetterDelivery, deliveries
from disclosure.rules.arrival import Returned
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, for_action, found, press
from portal.core import clock
from portal.core.errors import N_, NotFound
from portal.web.language import _


@for_action(Right.DELIVER)
def way(number: str, letter_id: str) -> str:
    """The ledger of a letter. It shows numbers and days only, so nothing is opened."""
    one = found(number)
    return _show(one, _letter(one, letter_id))


def _letter(one: Case, letter_id: str) -> LetterDelivery:
    row = next((row for row in deliveries(g.session, one) if row.letter.id == letter_id), None)
    if row is None:
        raise NotFound
    return row


def _show(one: Case, row: LetterDelivery, sent: CaseForm | None = None) -> str:
    def form(kind: type[CaseForm], make: Callable[[], CaseForm]) -> CaseForm:
        return sent if isinstance(sent, kind) else make()

    version = {"version": str(one.version)}
    last = row.postings[-1] if row.postings else None
    presumed = wording.plain_day(last.presumed_on) if last else ""
    typed = {"mail_number": last.entry.mail_number, "posted_on": wording.plain_day(last.entry.day)} if last else {}
    return render_template(
        "disclosure/staff/way.html",
        case=one,
        row=row,
        form=sent,
        handed=form(HandOverForm, lambda: HandOverForm(formdata=None, data=version)),
        outcome=form(OutcomeForm, lambda: OutcomeForm(presumed, formdata=None, data=version)),
        posting=form(PostingForm, lambda: PostingForm(formdata=None, data={**version, **typed})),
        returns=RETURNS,
        wording=wording,
    )


def _back(one: Case, letter_id: str, message: str) -> Response:
    flash(_(message), "success")
    return redirect(url_for("disclosure_staff.way", number=one.number, letter_id=letter_id), 303)


@for_action(Right.DELIVER)
def hand_over(number: str, letter_id: str) -> Response | str:
    """Enter that it was handed over at the window."""
    one, form = found(number), HandOverForm()
    row = _letter(one, letter_id)
    if form.validate_on_submit() and form.handed_on.day is not None:
        day = form.handed_on.day
        if attempt(form, one, lambda: deliver.hand_over(g.session, one, letter_id, day, by=g.actor, at=clock.now())):
            return _back(one, letter_id, N_("It is entered that the letter was handed over."))
    return _show(one, row, form)


@for_action(Right.DELIVER)
def post_outcome(number: str, letter_id: str) -> Response | str:
    """Enter what became of a letter that was posted."""
    one = found(number)
    row = _letter(one, letter_id)
    form = OutcomeForm(wording.plain_day(row.postings[-1].presumed_on) if row.postings else "")
    if form.validate_on_submit() and form.whole() and attempt(form, one, lambda: _enter(one, letter_id, form)):
        return _back(one, letter_id, N_("What became of the letter is entered."))
    return _show(one, row, form)


def _enter(one: Case, letter_id: str, form: OutcomeForm) -> None:
    day, at = form.told_on.day, clock.now()
    if form.outcome.data == CAME_BACK and day is not None:
        deliver.enter_return(g.session, one, letter_id, day, Returned(form.why.data), by=g.actor, at=at)
    else:
        known = None if form.outcome.data == PRESUMED else day
        deliver.enter_arrival(g.session, one, letter_id, known, by=g.actor, at=at)


@for_action(Right.DELIVER)
def correct_posting(number: str, letter_id: str) -> Response | str:
    """Put a wrong registered-mail number or day of posting right."""
    one, form = found(number), PostingForm()
    row = _letter(one, letter_id)
    if form.validate_on_submit() and form.posted_on.day is not None:
        typed, day = form.mail_number.data or "", form.posted_on.day
        if attempt(form, one, lambda: put_right(g.session, one, letter_id, typed, day, by=g.actor, at=clock.now())):
            return _back(one, letter_id, N_("The posting is corrected."))
    return _show(one, row, form)


@for_action(Right.DELIVER)
def take_back(number: str, letter_id: str, entry_id: str) -> Response:
    """Say that an entry was a mistake."""
    one = found(number)
    press(one, lambda: deliver.take_back(g.session, one, letter_id, entry_id, by=g.actor, at=clock.now()))
    return _back(one, letter_id, N_("The entry no longer counts. It stays in the list."))


@for_action(Right.DELIVER)
def also_post(number: str, letter_id: str) -> Response:
    """Send the letter by post too, or once more."""
    one = found(number)
    press(one, lambda: order_post.also_post(g.session, one, letter_id, by=g.actor, at=clock.now()))
    return _back(one, letter_id, N_("The letter waits for the next print run."))


@for_action(Right.DELIVER)
def drop_post(number: str, letter_id: str) -> Response:
    """Take the letter out of the queue."""
    one = found(number)
    press(one, lambda: order_post.drop_order(g.session, one, letter_id, by=g.actor, at=clock.now()))
    return _back(one, letter_id, N_("The letter no longer waits for the post."))
