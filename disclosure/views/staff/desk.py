"""The desk: what is due next."""

from __future__ import annotations

from types import SimpleNamespace

from flask import g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.desk import FilterForm, FindForm
from disclosure.policy import Right
from disclosure.queries.desk import Filter, Scope, counts
from disclosure.queries.desk import desk as list_cases
from disclosure.queries.names import NameIndexes, name_indexes
from disclosure.queries.wording import STATES
from disclosure.rules.states import Action, State
from disclosure.views.staff import wording
from disclosure.views.staff.held import for_action, office, settings, today
from portal.core import signing

FOUND = "disclosure.desk.found"


@for_action(Right.SEE_DESK)
def desk() -> str:
    """The cases of one queue, in the order of what is due next. No names, so nothing is opened."""
    form, day = FilterForm(request.args), today()
    wanted = _filter(form)
    found = list_cases(g.session, wanted, actor=g.actor, today=day, receipt_mark=settings().organisation.receipt_mark)
    return render_template(
        "disclosure/staff/desk.html",
        rows=found.rows,
        total=found.total,
        page=SimpleNamespace(number=found.page, pages=found.pages),
        numbers=counts(g.session, actor=g.actor, today=day),
        scope=wanted.scope,
        named=wanted.name is not None,
        searched=bool(wanted.number or wanted.name or wanted.state),
        filters=form,
        find_form=FindForm(formdata=None),
        may_open=policy.may(g.actor, Right.READ),
        may_file=policy.may(g.actor, Right.FILE),
        warning=signing.expiry_warning(settings(), day) if policy.may(g.actor, Action.APPROVE) else None,
        states=STATES,
        wording=wording,
    )


@for_action(Right.READ)
def find_by_name() -> Response | str:
    """Look for a name in any spelling: only its blind index is kept, and no case is opened."""
    form = FindForm()
    if form.validate_on_submit():
        indexes = name_indexes(office(), form.name.data or "")
        session[FOUND] = [indexes.name, indexes.kana]
        return redirect(url_for("disclosure_staff.desk", scope="found"), 303)
    return render_template("disclosure/staff/find.html", form=form)


def _filter(form: FilterForm) -> Filter:
    scope = request.args.get("scope", Scope.OPEN.value)
    page = request.args.get("page", 1, type=int)
    if scope == "found" and FOUND in session and policy.may(g.actor, Right.READ):
        name, kana = session[FOUND]
        return Filter(name=NameIndexes(name, kana), page=page)
    fits = form.validate()
    state = State(form.state.data) if fits and form.state.data else None
    number = (form.number.data or "").strip() if fits else ""
    return Filter(scope=Scope(scope) if scope in set(Scope) else Scope.OPEN, state=state, number=number, page=page)
