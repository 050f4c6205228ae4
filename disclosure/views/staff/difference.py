"""A difference between record and request that was put right in the record."""

from __future__ import annotations

from flask import g, render_template
from werkzeug.wrappers import Response

from disclosure.forms.staff.leak import DifferenceForm
from disclosure.operations.look import What, look
from disclosure.operations.resolve_difference import NOTHING, resolve_difference
from disclosure.policy import Right
from disclosure.queries.comparisons import comparisons, mismatch
from disclosure.queries.keys import case_key
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh
from portal.core import clock
from portal.core.errors import N_, Conflict
from portal.web.building import office


@for_action(Right.SECOND_LOOK, look=True)
def difference(number: str) -> Response | str:
    """Say what was wrong with the record and how it was put right."""
    one = found(number)
    if mismatch(g.session, one) is None:
        raise Conflict(NOTHING)
    form = fresh(DifferenceForm(), one)

    def do() -> None:
        resolve_difference(g.session, one, form.why.data or "", vault=office(), by=g.actor, at=clock.now())

    if form.validate_on_submit() and attempt(form, one, do):
        return back_to(one, N_("It is written down. The records have to be compared anew."))
    look(g.session, one, What.CASE, by=g.actor, at=clock.now(), page="compare")
    rows = [row for row in comparisons(g.session, one, case_key(office(), one)) if not row.agrees]
    return render_template("disclosure/staff/difference.html", form=form, case=one, found=rows)
