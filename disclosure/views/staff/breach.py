"""Writing the notice of a leak to the person concerned."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure.forms.staff.breach import BreachForm
from disclosure.models.case import Case
from disclosure.models.leak import Leak
from disclosure.models.notice import Notice
from disclosure.operations.breach_notice import CLOSED, NOT_KNOWN, draft_breach_notice
from disclosure.operations.look import What, look
from disclosure.policy import Right
from disclosure.queries import leaks
from disclosure.queries.keys import case_key
from disclosure.rules.leaks import LeakState, notice_rule
from disclosure.views.staff.held import attempt, for_action, found, fresh
from portal.core import clock
from portal.core.errors import Conflict, NotFound
from portal.web.building import office
from portal.web.language import _


@for_action(Right.HANDLE_LEAK, look=True)
def breach(number: str, leak_id: str) -> Response | str:
    """Say to whom the letter goes and what it tells; begin with what stands in the report."""
    one = found(number)
    row = g.session.get(Leak, leak_id)
    if row is None or row.case_id != one.id:
        raise NotFound
    rule = notice_rule(one.regime, row.known_on)
    if rule is None or row.state is LeakState.CLOSED:
        raise Conflict(NOT_KNOWN if rule is None else CLOSED)
    look(g.session, one, What.CASE, by=g.actor, at=clock.now(), page="leak")
    form = fresh(BreachForm(rule, leaks.said(case_key(office(), one), row).items), one)
    made: list[Notice] = []
    if form.validate_on_submit() and attempt(form, one, lambda: made.append(_draft(one, row, form))):
        flash(_("The draft is kept. Somebody else with the role of approver reads and issues it."), "success")
        return redirect(url_for("disclosure_staff.notice", number=one.number, notice_id=made[0].id), 303)
    return render_template("disclosure/staff/breach.html", form=form, case=one, row=row)


def _draft(one: Case, row: Leak, form: BreachForm) -> Notice:
    return draft_breach_notice(g.session, one, row, form.letter(), vault=office(), by=g.actor, at=clock.now())
