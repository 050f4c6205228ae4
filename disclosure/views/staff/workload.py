"""How much everybody has to do, and who is away."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.absence import AbsenceForm
from disclosure.operations import absence as work
from disclosure.policy import Right
from disclosure.queries.absences import absences as all_absences
from disclosure.queries.colleagues import colleagues
from disclosure.queries.duties import LABELS
from disclosure.queries.workload import workload as count
from disclosure.views.staff import wording
from disclosure.views.staff.held import for_action, today
from portal.core import clock
from portal.core.errors import Invalid
from portal.web.building import settings
from portal.web.language import _


@for_action(Right.SEE_DESK)
def workload() -> str:
    """Open cases by person and next duty."""
    return render_template(
        "disclosure/staff/workload.html",
        found=count(g.session, actor=g.actor, today=today()),
        duties=LABELS,
        department=settings().organisation.department,
        may_keep=policy.may(g.actor, Right.KEEP_ABSENCES),
        wording=wording,
    )


@for_action(Right.KEEP_ABSENCES)
def absences() -> Response | str:
    """Who is away now and later; enter another absence."""
    people = [(row.id, row.name) for row in colleagues(g.session, actor=g.actor)]
    form = AbsenceForm(people, data={"account": g.actor.id, "from_on": wording.plain_day(today())})
    if form.validate_on_submit() and form.from_on.day and form.until_on.day:
        try:
            with g.session.begin_nested():
                work.enter_absence(
                    g.session, form.account.data or "", form.deputy.data or "",
                    from_on=form.from_on.day, until_on=form.until_on.day, by=g.actor, at=clock.now(),
                )  # fmt: skip
        except Invalid as error:
            form.tell(error, otherwise="account")
        else:
            flash(_("The absence is entered."), "success")
            return redirect(url_for("disclosure_staff.absences"), 303)
    return render_template(
        "disclosure/staff/absences.html",
        form=form,
        rows=all_absences(g.session, actor=g.actor, today=today()),
        today=today(),
    )


@for_action(Right.KEEP_ABSENCES)
def end_absence(absence_id: str) -> Response:
    """Enter that somebody is back."""
    work.end_absence(g.session, absence_id, by=g.actor, at=clock.now())
    flash(_("The absence is over."), "success")
    return redirect(url_for("disclosure_staff.absences"), 303)
