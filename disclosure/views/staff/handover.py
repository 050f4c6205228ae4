"""The way of the records: the ledger, what the post told, and the offer for download."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure.forms.staff.delivery import CAME_BACK, PRESUMED, ArrivalForm, PostingForm
from disclosure.models.case import Case
from disclosure.operations import hand_out, track
from disclosure.policy import Right
from disclosure.queries.handovers import entries, handouts, received_on, standing, standing_handout
from disclosure.queries.methods import ways
from disclosure.rules.arrival import Basis, Step
from disclosure.rules.handouts import presumed_on
from disclosure.rules.kinds import Delivery
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, for_action, found, fresh, press, today
from portal.core import clock
from portal.core.errors import N_, Conflict
from portal.web.language import _


@for_action(Right.HAND_OUT)
def handover(number: str) -> str:
    """The ledger of the records. It shows numbers and days only, so nothing is opened."""
    return _show(found(number))


def _show(one: Case, sent: ArrivalForm | PostingForm | None = None) -> str:
    rows = entries(g.session, one)
    counts = {row.id for row in standing(rows)}
    posting = next((row for row in reversed(rows) if row.step is Step.POSTED), None)
    presumed = wording.plain_day(presumed_on(posting.day)) if posting else ""
    arrival = sent if isinstance(sent, ArrivalForm) else fresh(ArrivalForm(presumed, formdata=None), one)
    again = sent if isinstance(sent, PostingForm) else fresh(PostingForm(formdata=None), one)
    for form in (arrival, again):
        form.version.data = form.version.data or str(one.version)
    return render_template(
        "disclosure/staff/handover.html",
        case=one,
        form=sent,
        rows=[(row, row.id in counts, _back(one, row.id) if _by_hand(row.basis, row.step) else "") for row in rows],
        posting=posting,
        returned=any(row.step is Step.RETURNED for row in standing(rows)[-1:]),
        arrival=arrival,
        again=again,
        offers=handouts(g.session, one),
        stands=standing_handout(g.session, one),
        downloads=one.released_at is not None and Delivery.DOWNLOAD in ways(g.session, one),
        received=received_on(g.session, one),
        today=today(),
        wording=wording,
    )


def _by_hand(basis: Basis | None, step: Step) -> bool:
    return basis is not Basis.ELECTRONIC and step not in (Step.POSTED, Step.VOID)


def _back(one: Case, entry_id: str) -> str:
    return url_for("disclosure_staff.undo_handover", number=one.number, entry_id=entry_id)


@for_action(Right.HAND_OUT)
def records_outcome(number: str) -> Response | str:
    """Enter what became of records that were posted."""
    one = found(number)
    posting = track.last_posting(g.session, one)
    form = ArrivalForm(wording.plain_day(presumed_on(posting.day)))
    if form.validate_on_submit() and form.whole() and attempt(form, one, lambda: _enter(one, form)):
        return _to(one, N_("What became of the records is entered."))
    return _show(one, form)


def _enter(one: Case, form: ArrivalForm) -> None:
    day, at = form.told_on.day, clock.now()
    if form.outcome.data == CAME_BACK and day is not None:
        track.come_back(g.session, one, day, by=g.actor, at=at)
    else:
        track.arrive(g.session, one, None if form.outcome.data == PRESUMED else day, by=g.actor, at=at)


@for_action(Right.HAND_OUT)
def post_records(number: str) -> Response | str:
    """Enter that the records were posted once more."""
    one, form = found(number), PostingForm()
    if not any(row.step is Step.RETURNED for row in standing(entries(g.session, one))[-1:]):
        raise Conflict(N_("The records have not come back, so they are not posted again."))
    if form.validate_on_submit() and form.posted_on.day is not None:
        typed, day = form.mail_number.data or "", form.posted_on.day
        if attempt(form, one, lambda: track.post_again(g.session, one, typed, day, by=g.actor, at=clock.now())):
            return _to(one, N_("It is entered that the records were posted again."))
    return _show(one, form)


@for_action(Right.HAND_OUT)
def undo_handover(number: str, entry_id: str) -> Response:
    """Say that an entry was a mistake."""
    one = found(number)
    press(one, lambda: track.take_back(g.session, one, entry_id, by=g.actor, at=clock.now()))
    return _to(one, N_("The entry no longer counts. It stays in the list."))


@for_action(Right.HAND_OUT)
def renew_handout(number: str) -> Response:
    """Offer the download anew."""
    one = found(number)
    press(one, lambda: hand_out.renew(g.session, one, by=g.actor, at=clock.now()))
    return _to(one, N_("The download is offered anew."))


def _to(one: Case, message: str) -> Response:
    flash(_(message), "success")
    return redirect(url_for("disclosure_staff.handover", number=one.number), 303)
