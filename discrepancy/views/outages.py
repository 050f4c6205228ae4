"""The operator's page of wide outages: which cases wait for the end of one, and which may belong to it (X11)."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from discrepancy import policy
from discrepancy.forms.cases import ConfirmForm
from discrepancy.operations.check_self import find_wide_outage
from discrepancy.queries import outages as queries
from discrepancy.queries.bodies import by_codes
from discrepancy.views import wording
from discrepancy.views.doors import for_operator
from portal.core import clock
from portal.web.building import office
from portal.web.language import _

Answer = str | Response


@for_operator
def outages() -> str:
    """Published outages that cases belong to, and recent ones."""
    rows = queries.outages(g.session)
    known = {row.incident.key for row in rows}
    recent = [one for one in queries.recent(g.session, clock.day_in_japan(clock.now())) if one.key not in known]
    return render_template("discrepancy/outages.html", rows=rows, recent=recent)


@for_operator
def outage_cases(key: str) -> Answer:
    """One outage: its cases, and undelivered ones of its days, which the operator may put to it."""
    incident, form = queries.find_incident(g.session, key), ConfirmForm()
    candidates = queries.may_belong(g.session, incident)
    if policy.works_as_operator(g.actor) and form.validate_on_submit():
        chosen = set(request.form.getlist("case"))
        put = [case for case in candidates if case.number in chosen]
        for case in put:
            find_wide_outage(g.session, case, key, vault=office(), by=g.actor, at=clock.now())
        if put:
            flash(_("Put to the outage: %(n)s cases.", n=len(put)), "success")
        else:
            flash(_("Choose the cases that belong to the outage."), "danger")
        return redirect(url_for("discrepancy_staff.outage_cases", key=key), 303)
    cases = queries.cases_of(g.session, incident)
    return render_template(
        "discrepancy/outage_cases.html",
        incident=incident,
        cases=cases,
        candidates=candidates,
        bodies=by_codes(g.session, {case.inquirer_code for case in (*cases, *candidates)}),
        may_put=policy.works_as_operator(g.actor),
        form=form,
        wording=wording,
    )
