"""The identity check: the documents beside what was typed."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure.forms.staff.identity import IdentityForm
from disclosure.models.case import Case
from disclosure.operations.identity_check import (
    BY_MAIL,
    confirm_identity,
    identity_problems,
    start_identity_check,
)
from disclosure.queries.keys import case_key, fields
from disclosure.rules.agents import Shown, terms
from disclosure.rules.defects import DEFECTS
from disclosure.rules.kinds import Field, Requester
from disclosure.rules.states import Action
from disclosure.views.staff import agency, wording
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, opened, press
from portal.core import clock
from portal.core.errors import N_
from portal.web.building import office
from portal.web.language import _


@for_action(Action.START_IDENTITY_CHECK)
def start_identity(number: str) -> Response:
    """Begin, and go to the comparison."""
    one = found(number)
    press(one, lambda: start_identity_check(g.session, one, by=g.actor, at=clock.now()))
    if not one.records.personal:
        return back_to(one, N_("The search has begun. The case is yours if nobody had it."))
    flash(_("The identity check has begun. The case is yours if nobody had it."), "success")
    return redirect(url_for("disclosure_staff.identity", number=one.number), 303)


@for_action(Action.CONFIRM_IDENTITY, look=True)
def identity(number: str) -> Response | str:
    """Compare, then confirm; what does not agree leads to the correction that mends it."""
    one = found(number, Action.CONFIRM_IDENTITY)
    capacity = _capacity(one)
    form = fresh(IdentityForm(one.law_day, capacity), one)
    defects: list[str] = []
    if form.validate_on_submit():
        shown = None if capacity is None else Shown(capacity, form.seen())
        defects = _tell(form, one, shown)
        if not defects and attempt(
            form,
            one,
            lambda: confirm_identity(g.session, one, form.checked(), agency=shown, by=g.actor, at=clock.now()),
        ):
            return back_to(one, N_("The identity is confirmed."))
    page = opened(one, "identity")
    return render_template(
        "disclosure/staff/identity.html",
        form=form,
        case=one,
        page=page,
        by_mail=one.channel in BY_MAIL,
        days=terms(one.law_day).proof_days,
        capacity=agency.capacity(page),
        conflict=agency.conflict(page),
        namesakes=agency.namesakes(page),
        defects=[DEFECTS[code] for code in defects],
        wording=wording,
    )


def _capacity(one: Case) -> str | None:
    """In what capacity a representative asks; None where the person concerned does."""
    if one.requester is Requester.PERSON:
        return None
    return fields(case_key(office(), one), one).get(Field.AGENT_CAPACITY, "")


def _tell(form: IdentityForm, one: Case, shown: Shown | None) -> list[str]:
    """Say everything that is amiss; the defects whose correction mends it."""
    defects = []
    for problem in identity_problems(g.session, one, form.checked(), shown):
        form.beside(problem)
        defects.append(problem.defect)
    for name, problem in form.unticked():
        form.refuse(name, problem.message)
        defects.append(problem.defect)
    return list(dict.fromkeys(defects))
