"""Webhooks: set one up, and its owner's page under a secret address with the log of what was delivered."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from content.forms.following import HookForm
from content.operations import webhooks as work
from content.operations.follow_by_mail import hashed
from content.queries import following, webhook_log
from content.rules.following import DeliveryState, HookState
from content.rules.hook_signing import secret_of
from content.views.mail_following import filled
from portal.core import clock
from portal.web.access import public
from portal.web.building import settings, vault
from portal.web.forms import Form
from portal.web.language import _l, current
from portal.web.throttle import Limit, throttled

Answer = Response | tuple[str, int] | str
STATES = {
    HookState.WAITING: (_l("Waits for your program's answer"), "warning"),
    HookState.ACTIVE: (_l("Active"), "success"),
    HookState.STOPPED: (_l("Stopped"), "danger"),
}
DELIVERIES = {
    DeliveryState.DUE: (_l("On its way"), "info"),
    DeliveryState.DONE: (_l("Delivered"), "success"),
    DeliveryState.FAILED: (_l("Given up"), "danger"),
}
PROBLEMS = {
    "address": _l("The address cannot be called."),
    "name": _l("The name of the server is not known."),
    "private": _l("The server stands in a private network."),
    "timeout": _l("The server did not answer in time."),
    "certificate": _l("The server's certificate is not right."),
    "connection": _l("The connection failed."),
    "status": _l("The answer was not 2xx."),
    "challenge": _l("The challenge did not come back."),
}


@public
@throttled(Limit("content.webhook", count=10, seconds=3600))
def new() -> Answer:
    """The form."""
    form = HookForm(plain=settings().webhooks_anywhere)
    if filled(form):
        token = work.set_up(
            g.session,
            (form.url.data or "").strip(),
            form.interest(),
            vault=vault(),
            at=clock.now(),
        )
        return redirect(url_for("content.hook", token=token), 303)
    page = render_template("content/follow/webhook.html", form=form)
    return (page, 422) if form.errors else page


@public
@throttled(Limit("content.webhook-own", count=60, seconds=3600))
def own(token: str) -> Answer:
    """The owner's page: state, secret, log; ask the receiver again, or remove it."""
    hook = following.webhook(g.session, hashed(token))
    form = Form()
    if form.validate_on_submit():
        if request.form.get("step") == "remove":
            work.remove(g.session, hook)
            return redirect(url_for("content.follow"), 303)
        work.challenge(g.session, hook, at=clock.now())
        return redirect(url_for("content.hook", token=token), 303)
    return render_template(
        "content/follow/webhook_own.html",
        form=form,
        hook=hook,
        url=work.url_for_owner(hook, token),
        secret=secret_of(token),
        interest=following.in_words(g.session, hook.interest, current()),
        log=webhook_log.log(g.session, hook),
        states=STATES,
        deliveries=DELIVERIES,
        problems=PROBLEMS,
    )
