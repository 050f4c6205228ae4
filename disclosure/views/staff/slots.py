"""Times at the office: opening and closing them, the list of a day, and the appointment of one case."""

from __future__ import annotations

from datetime import date

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.slots import AppointmentForm, SlotsForm
from disclosure.models.case import Case
from disclosure.models.slot import AppointmentState, Slot
from disclosure.operations import appoint
from disclosure.operations import slots as keeping
from disclosure.policy import Right
from disclosure.queries.slots import appointments, booked, coming_slots, day_list, free_slots, slot, starts_at
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, press, today
from portal.core import clock
from portal.core.errors import N_, Invalid
from portal.core.wareki import parse_day
from portal.web.language import _, _l

APPOINTMENTS = {
    AppointmentState.BOOKED: _l("To come"),
    AppointmentState.KEPT: _l("Came"),
    AppointmentState.MISSED: _l("Did not come"),
    AppointmentState.CANCELLED: _l("Cancelled"),
}


def time_of(row: Slot) -> str:
    """Day and time of a slot as plain text."""
    return f"{wording.plain_day(row.day)} {row.starts:%H:%M}–{row.ends:%H:%M}"


@for_action(Right.KEEP_SLOTS)
def slots() -> Response | tuple[str, int] | str:
    """Who comes on a day, what is open, and opening more."""
    form, day = SlotsForm(), _day()
    if form.validate_on_submit() and (series := form.series()) is not None:
        try:
            count = keeping.open_slots(g.session, series, by=g.actor, at=clock.now())
        except Invalid as error:
            form.tell(error, otherwise="times")
        else:
            flash(_("Times that were opened: %(n)s.", n=count), "success")
            return redirect(url_for("disclosure_staff.slots"), 303)
    page = render_template(
        "disclosure/staff/slots.html", form=form, day=day, lines=day_list(g.session, day),
        coming=coming_slots(g.session, today=today()), states=APPOINTMENTS, time=time_of, wording=wording,
    )  # fmt: skip
    return (page, 422) if form.errors else page


def _day() -> date:
    try:
        return parse_day(request.args.get("day", ""))
    except ValueError:
        return today()


@for_action(Right.KEEP_SLOTS)
def close_slot(slot_id: str) -> Response:
    """Offer a time no longer."""
    row = slot(g.session, slot_id)
    keeping.close_slot(g.session, row, by=g.actor, at=clock.now())
    flash(_("The time is closed. Whoever has taken it keeps it."), "success")
    return redirect(url_for("disclosure_staff.slots"), 303)


@for_action(Right.APPOINT)
def appointment(number: str) -> Response | str:
    """Enter an appointment for somebody who asked on paper or by telephone. Numbers and times only."""
    one, now = found(number), clock.now()
    free = free_slots(g.session, now=now)
    form = AppointmentForm()
    form.slot.offer((row.id, time_of(row), row.place) for row in free)
    fresh(form, one)
    if form.validate_on_submit() and attempt(form, one, lambda: _book(one, str(form.slot.data))):
        return back_to(one, N_("The appointment is entered."))
    taken = booked(g.session, one)
    return render_template(
        "disclosure/staff/appointment.html", form=form, case=one, free=free, taken=taken,
        past=taken is not None and starts_at(taken.slot) <= now,
        rows=[row for row in appointments(g.session, one) if row.settled_at is not None],
        possible=appoint.can_appoint(g.session, one), states=APPOINTMENTS,
        may_hand_out=policy.may(g.actor, Right.HAND_OUT, one), time=time_of, wording=wording,
    )  # fmt: skip


def _book(one: Case, slot_id: str) -> None:
    appoint.book(g.session, one, slot_id, by=g.actor, at=clock.now())


@for_action(Right.APPOINT)
def cancel_appointment(number: str) -> Response:
    """Give the appointment up, because the requester said so."""
    one = found(number)
    press(one, lambda: appoint.cancel(g.session, one, by=g.actor, at=clock.now()))
    return back_to(one, N_("The appointment is cancelled."))


@for_action(Right.HAND_OUT)
def miss_appointment(number: str) -> Response:
    """Enter that nobody came."""
    one = found(number)
    press(one, lambda: appoint.miss(g.session, one, by=g.actor, at=clock.now()))
    return back_to(one, N_("It is entered that nobody came."))
