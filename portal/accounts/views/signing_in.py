"""Signing in and out, and the page that somebody lands on."""

from __future__ import annotations

from flask import current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.accounts import forms
from portal.accounts.operations.sign_in import sign_in as open_account
from portal.accounts.operations.sign_out import sign_out as close
from portal.accounts.signed_in import find_staff, own_account
from portal.core import clock
from portal.core.actor import Actor
from portal.core.errors import N_
from portal.web.access import access_of, public, requires
from portal.web.language import _
from portal.web.next_page import local_page
from portal.web.sessions import current
from portal.web.throttle import Limit, throttled

WRONG = N_("The login or the password is not right.")
BY_ADDRESS = Limit("accounts.sign_in", count=30, seconds=900)
BY_LOGIN = Limit("accounts.sign_in", count=10, seconds=900, field="login")
FIRST_PAGES = (
    "disclosure_staff.desk",
    "content_staff.publishing",
    "discrepancy.cases",
    "accounts.people",
    "accounts.journal",
    "accounts.sessions",
)


def first_page(actor: Actor) -> str:
    """The address of the first page that this person's roles open."""
    for endpoint in FIRST_PAGES:
        access = access_of(current_app, endpoint)
        if access is not None and access.opens_for(actor):
            return url_for(endpoint)
    return url_for("accounts.sessions")


@public
@throttled(BY_ADDRESS, BY_LOGIN)
def sign_in() -> Response | str:
    """The sign-in page. A refused attempt answers 200, so that its entry in the journal is kept."""
    wanted = local_page(request.args.get("next"))
    form = forms.SignInForm()
    if form.validate_on_submit():
        account = open_account(
            g.session, login=form.login.data or "", password=form.password.data or "", at=clock.now()
        )
        if account is not None:
            current().renew(staff_id=account.id)
            return redirect(wanted or first_page(account.as_actor()), 303)
        form.refuse("password", WRONG)
    elif request.method == "GET" and (staff := find_staff()) is not None:
        return redirect(wanted or first_page(staff))
    return render_template("accounts/sign_in.html", form=form, wanted=wanted)


@requires(bodies=True)
def sign_out() -> Response:
    """End this session."""
    close(g.session, own_account(), by=g.actor, at=clock.now())
    current().renew(staff_id=None)
    flash(_("You are signed out."), "success")
    return redirect(url_for("accounts.sign_in"), 303)


@requires(bodies=True)
def start() -> Response:
    """To the page that this person's work begins on."""
    return redirect(first_page(g.actor))
