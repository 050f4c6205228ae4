"""Taking a time at the office, changing it, giving it up, and the time as a file for one's own calendar."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure.forms.resident.records import AppointmentForm
from disclosure.models.slot import Slot
from disclosure.operations import appoint
from disclosure.operations.look import What, look
from disclosure.queries.opening import OpenedCase
from disclosure.queries.slots import booked, ends_at, free_slots, starts_at
from disclosure.views.resident.calendar_days import file_of, host, outside
from disclosure.views.resident.opened import with_case
from portal.core import clock
from portal.core.calendar_file import DayEntry, uid
from portal.core.errors import Conflict
from portal.web.forms import Form
from portal.web.language import _, show_day
from portal.web.throttle import Limit, throttled

Answer = Response | tuple[str, int] | str


def time_of(slot: Slot) -> str:
    """Day and time of a slot in the reader's language, as plain text."""
    return f"{show_day(slot.day).striptags()} {slot.starts:%H:%M}–{slot.ends:%H:%M}"


@throttled(Limit("disclosure.appointment", count=60, seconds=3600))
@with_case
def appointment(found: OpenedCase) -> Answer:
    """The free times, and the one that was taken."""
    case, now = found.case, clock.now()
    if not appoint.can_appoint(g.session, case):
        flash(_("No appointment is needed now."), "info")
        return _home()
    slots = free_slots(g.session, now=now)
    form = AppointmentForm()
    form.slot.offer((row.id, time_of(row), row.place) for row in slots)
    if form.validate_on_submit():
        try:
            with g.session.begin_nested():
                appoint.book(g.session, case, str(form.slot.data), by=found.actor, at=now)
        except Conflict as error:
            g.session.refresh(case)
            form.refuse("slot", error.message)
        else:
            flash(_("The time is yours. Bring an identity document."), "success")
            return _home()
    taken = booked(g.session, case)
    page = render_template(
        "disclosure/appointment.html", form=form, slots=slots, taken=taken, time=time_of, number=case.number
    )
    return (page, 422) if form.errors else page


@with_case
def cancel_appointment(found: OpenedCase) -> Response:
    """Give the time up."""
    if Form().validate_on_submit():
        appoint.cancel(g.session, found.case, by=found.actor, at=clock.now())
        flash(_("The appointment is cancelled. You can take another time."), "success")
    return _home()


@with_case
def appointment_file(found: OpenedCase) -> Response:
    """The time for one's own calendar, by receipt number. A look at the case like its page."""
    now = clock.now()
    look(g.session, found.case, What.STATUS, by=found.actor, at=now)
    row = booked(g.session, found.case)
    if row is None:
        flash(_("There is no appointment."), "info")
        return _home()
    slot, number = row.slot, found.case.number
    entry = DayEntry(
        uid(host(), number, "appointment"), slot.day, _("Request %(number)s: your records", number=number),
        _("Bring an identity document."), outside(url_for("disclosure.status")), starts_at(slot), ends_at(slot),
        slot.place,
    )  # fmt: skip
    return file_of([entry], title=_("Request %(number)s", number=number), name=f"{number}-appointment.ics")


def _home() -> Response:
    return redirect(url_for("disclosure.case"), 303)
