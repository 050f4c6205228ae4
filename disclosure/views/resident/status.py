"""Opening one's case with number and code, and leaving it."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from disclosure.forms.resident.opening import OpeningForm
from disclosure.queries.opening import open_with_code
from disclosure.views.resident import opened
from portal.core.errors import N_
from portal.web.access import public
from portal.web.building import settings
from portal.web.language import _
from portal.web.throttle import Limit, throttled

# One answer for an unknown number and a wrong code: nobody learns which numbers exist.
DIFFERENT = N_(
    "Receipt number and access code do not belong together. Please check both; O and 0, I and 1 are the same."
)


@public
@throttled(
    Limit("disclosure.open", count=30, seconds=3600), Limit("disclosure.open", count=5, seconds=900, field="number")
)
def status() -> Response | tuple[str, int] | str:
    """Ask for number and code."""
    form = OpeningForm()
    if form.validate_on_submit():
        mark = settings().organisation.receipt_mark
        found = open_with_code(g.session, form.number.data or "", form.code.data or "", receipt_mark=mark)
        if found is not None:
            opened.remember(found)
            return redirect(url_for("disclosure.case"), 303)
        form.refuse("number", DIFFERENT)
    form.code.data = ""
    page = render_template("disclosure/status.html", form=form, is_open=bool(session.get(opened.CASE)))
    return (page, 422) if form.errors else page


@public
def leave() -> Response:
    """Close the case; nothing of it stays in this browser."""
    opened.forget()
    flash(_("Your request is closed in this browser. You can open it again at any time."), "success")
    return redirect(url_for("disclosure.status"), 303)
