"""Follow by mail: the form, the link in the mail, and leaving with one click. No page says who follows."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from content.forms.following import LONGEST_SEARCH, PACES, InterestForm, MailForm
from content.operations import follow_by_mail as work
from content.queries import following
from content.queries.chosen_area import chosen_area
from content.rules.following import Pace
from portal.core import clock
from portal.core.errors import N_
from portal.web.access import public
from portal.web.building import vault
from portal.web.forms import Form
from portal.web.language import current
from portal.web.throttle import Limit, throttled

Answer = Response | tuple[str, int] | str
NO_INCIDENT = N_("There is no such incident.")
ONE_CLICK = "One-Click"
NO_LETTER = N_("There is no such question letter here.")
PREFILLED = ("system", "area", "cause", "severity", "incident", "topic", "letter", "search")


def filled(form: InterestForm) -> bool:
    """Offer what there is, take what the address of the page suggests, and say whether what was sent is right."""
    there = following.offered(g.session)
    form.offer(there.systems, there.causes, there.steps, lambda text: chosen_area(g.session, text))
    if not form.is_submitted():
        for name in PREFILLED:
            if name in form and (suggested := request.args.get(name, "")[:LONGEST_SEARCH]):
                form[name].data = suggested
        return False
    if not form.validate():
        return False
    incident = form.interest().incident
    if incident and not following.is_published(g.session, incident):
        form.refuse("incident", NO_INCIDENT)
        return False
    letter = form.interest().letter
    if letter and not following.is_letter(g.session, letter):
        form.refuse("letter", NO_LETTER)
        return False
    return True


@public
@throttled(Limit("content.follow", count=20, seconds=3600))
def ask() -> Answer:
    """The form."""
    form = MailForm()
    if filled(form):
        work.ask(
            g.session,
            form.address.data or "",
            form.interest(),
            pace=Pace(form.pace.data),
            language=current(),
            vault=vault(),
            at=clock.now(),
        )
        return redirect(url_for("content.mail_asked"), 303)
    page = render_template("content/follow/mail.html", form=form)
    return (page, 422) if form.errors else page


@public
def asked() -> str:
    """The same for everybody who asked."""
    return render_template("content/follow/mail_asked.html")


@public
@throttled(Limit("content.follow-link", count=60, seconds=3600))
def manage(token: str) -> Answer:
    """Begin, change or stop, with the link of a mail. Looking alone changes nothing: programs look at links too."""
    follower = following.mail_follower(g.session, work.hashed(token))
    form = Form()
    done = ""
    if form.validate_on_submit():
        step = request.form.get("step", "")
        if step == "leave":
            work.leave(g.session, follower)
            return redirect(url_for("content.mail_left"), 303)
        if step == "confirm":
            work.confirm(g.session, follower, at=clock.now())
        elif step in set(Pace):
            work.change_pace(g.session, follower, Pace(step), at=clock.now())
        done = step
    return render_template(
        "content/follow/mail_manage.html",
        form=form,
        token=token,
        follower=follower,
        interest=following.in_words(g.session, follower.interest, current()),
        paces=PACES,
        done=done,
    )


@public
def left() -> str:
    """It is over."""
    return render_template("content/follow/mail_left.html")


@public
@throttled(Limit("content.follow-leave", count=200, seconds=3600))
def leave_at_once(token: str) -> Answer:
    """What mail programs call (RFC 8058): it carries no form's token, and needs the one in its address alone."""
    follower = following.mail_follower(g.session, work.hashed(token))
    if request.method == "POST" and request.form.get("List-Unsubscribe") == ONE_CLICK:
        work.leave(g.session, follower)
        return Response(status=200)
    return redirect(url_for("content.mail_manage", token=token), 303)
