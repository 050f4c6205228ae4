"""Acting for another person in an opened case, and the notice that one no longer does (施行令 第22条第4項)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure.forms.resident.representation import CapacityLostForm
from disclosure.operations.lose_capacity import lose_capacity
from disclosure.queries.keys import fields
from disclosure.queries.opening import OpenedCase
from disclosure.queries.procedure import possible
from disclosure.rules.agents import CAPACITIES
from disclosure.rules.kinds import Field, Requester
from disclosure.rules.states import Action
from disclosure.views.resident.opened import with_case
from portal.core import clock
from portal.core.errors import Invalid
from portal.web.language import _, choose


def panel(found: OpenedCase) -> Mapping[str, Any] | None:
    """For whom one acts, and whether the address is protected; None where there is nothing to say."""
    case = found.case
    if case.requester is Requester.PERSON and not case.protected:
        return None
    values = fields(found.key, case)
    capacity = CAPACITIES.get(values.get(Field.AGENT_CAPACITY, ""))
    return {
        "agent": case.requester is not Requester.PERSON,
        "concerned": values.get(Field.NAME, ""),
        "capacity": choose(capacity, "label") if capacity else "",
        "can_end": Action.DEEM_WITHDRAWN in possible(case),
        "protected": case.protected,
    }


@with_case
def capacity_lost(found: OpenedCase) -> Response | tuple[str, int] | str:
    """Ask for the day, say what follows, then end the request."""
    if Action.DEEM_WITHDRAWN not in possible(found.case):
        flash(_("There is nothing to give notice of."), "info")
        return redirect(url_for("disclosure.case"), 303)
    form = CapacityLostForm()
    if form.validate_on_submit():
        try:
            with g.session.begin_nested():
                lose_capacity(g.session, found.case, form.lost_on.day, by=found.actor, at=clock.now())
        except Invalid as error:
            form.refuse("lost_on", error.message)
        else:
            flash(_("Thank you. The request counts as withdrawn."), "success")
            return redirect(url_for("disclosure.case"), 303)
    page = render_template("disclosure/capacity_lost.html", form=form, number=found.case.number)
    return (page, 422) if form.errors else page
