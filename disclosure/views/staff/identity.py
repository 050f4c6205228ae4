"""The identity check: the document beside what was typed."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure.forms.staff.identity import IdentityForm
from disclosure.operations.identity_check import confirm_identity, start_identity_check
from disclosure.rules.states import Action
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, opened, press
from portal.core import clock
from portal.core.errors import N_
from portal.web.language import _

DIFFERS = N_("This does not agree. Ask for a correction instead of confirming.")


@for_action(Action.START_IDENTITY_CHECK)
def start_identity(number: str) -> Response:
    """Begin, and go to the comparison."""
    one = found(number)
    press(one, lambda: start_identity_check(g.session, one, by=g.actor, at=clock.now()))
    flash(_("The identity check has begun. The case is yours if nobody had it."), "success")
    return redirect(url_for("disclosure_staff.identity", number=one.number), 303)


@for_action(Action.CONFIRM_IDENTITY, look=True)
def identity(number: str) -> Response | str:
    """Compare, then confirm."""
    one = found(number, Action.CONFIRM_IDENTITY)
    form = fresh(IdentityForm(one.law_day), one)
    if form.validate_on_submit():
        for field in (form.birth_date_agrees, form.genuine):
            if not field.data:
                form.refuse(field.name, DIFFERS)
        if not form.errors and attempt(
            form, one, lambda: confirm_identity(g.session, one, form.checked(), by=g.actor, at=clock.now())
        ):
            return back_to(one, N_("The identity is confirmed."))
    return render_template(
        "disclosure/staff/identity.html", form=form, case=one, page=opened(one, "identity"), wording=wording
    )
