"""One's own account: password and sessions."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.accounts import forms, queries
from portal.accounts.operations.change_password import WrongPassword, change_password
from portal.accounts.operations.end_sessions import end_session, end_sessions
from portal.accounts.signed_in import own_account
from portal.accounts.views.signing_in import first_page
from portal.core import clock
from portal.core.errors import Invalid
from portal.web.access import requires
from portal.web.language import _
from portal.web.sessions import current
from portal.web.throttle import Limit, throttled


@requires(bodies=True)
@throttled(Limit("accounts.password", count=20, seconds=900))
def password() -> Response | str:
    """Change one's own password; all sessions end, and this browser gets a new one."""
    account, form = own_account(), forms.PasswordForm()
    if form.validate_on_submit():
        old, new = form.current.data or "", form.new.data or ""
        try:
            change_password(g.session, account, current=old, new=new, by=g.actor, at=clock.now())
        except WrongPassword as error:
            form.refuse("current", error.message)
        except Invalid as error:
            form.refuse("new", error.message, **error.params)
        else:
            current().renew(staff_id=account.id)
            flash(_("Your password is changed. All other sessions have ended."), "success")
            return redirect(first_page(g.actor), 303)
    return render_template("accounts/password.html", form=form, first_time=account.must_change_password)


@requires(bodies=True)
def sessions() -> str:
    """Where one is signed in."""
    found = queries.sessions_of(g.session, own_account(), actor=g.actor, now=clock.now())
    return render_template(
        "accounts/sessions.html",
        account=own_account(),
        sessions=found,
        this_session=current().id,
        button=forms.EmptyForm(),
    )


@requires(bodies=True)
def end_own_session(session_id: str) -> Response:
    """End one of one's own sessions."""
    if session_id == current().id:
        return redirect(url_for("accounts.sessions"), 303)
    end_session(g.session, own_account(), session_id, by=g.actor, at=clock.now())
    flash(_("The session has ended."), "success")
    return redirect(url_for("accounts.sessions"), 303)


@requires(bodies=True)
def end_other_sessions() -> Response:
    """End all of one's own sessions but this one."""
    count = end_sessions(g.session, own_account(), by=g.actor, at=clock.now(), but=current().id)
    flash(_("Sessions ended: %(count)s", count=count), "success")
    return redirect(url_for("accounts.sessions"), 303)
