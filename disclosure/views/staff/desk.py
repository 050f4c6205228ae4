"""The desk: what is due next."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import flash, g, redirect, render_template, request, session, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.desk import FilterForm, FindForm, SaveFilterForm
from disclosure.operations.desk_filter import drop_filter as forget_filter
from disclosure.operations.desk_filter import save_filter as keep_filter
from disclosure.policy import Right
from disclosure.queries.absences import stands_in_for
from disclosure.queries.colleagues import colleagues
from disclosure.queries.desk import Filter, Scope, counts, matching
from disclosure.queries.desk import desk as list_cases
from disclosure.queries.desk_filters import KEYS, saved_filters
from disclosure.queries.duties import LABELS, Duty
from disclosure.queries.names import NameIndexes, birth_index, name_indexes
from disclosure.queries.wording import STATES
from disclosure.rules.states import Action, State
from disclosure.views.staff import wording
from disclosure.views.staff.held import for_action, today
from portal.accounts.queries import departments
from portal.core import clock, signing
from portal.core.errors import Conflict, Invalid
from portal.web.building import office, settings
from portal.web.language import _, choose

FOUND = "disclosure.desk.found"


@for_action(Right.SEE_DESK)
def desk() -> str:
    """The cases of one queue, in the order of what is due next. No names, so nothing is opened."""
    return _desk(SaveFilterForm(formdata=None))


def _desk(save: SaveFilterForm) -> str:
    lists, day = _lists(), today()
    form = FilterForm(request.args, *lists)
    wanted = _filter(form, request.args)
    by_whom = wanted.assignee_id or wanted.department_id
    found = list_cases(g.session, wanted, actor=g.actor, today=day, receipt_mark=settings().organisation.receipt_mark)
    return render_template(
        "disclosure/staff/desk.html",
        rows=found.rows,
        total=found.total,
        uncounted=found.uncounted,
        page=SimpleNamespace(number=found.page, pages=found.pages),
        numbers=counts(g.session, actor=g.actor, today=day),
        scope=wanted.scope,
        duty=wanted.duty,
        duties=LABELS,
        named=wanted.name is not None,
        searched=bool(wanted.number or wanted.name or wanted.state or wanted.duty or by_whom),
        filters=form,
        form=save,
        find_form=FindForm(formdata=None),
        saved=_saved(lists),
        save=save if policy.may(g.actor, Right.SAVE_FILTER) and not wanted.name else None,
        chosen={key: request.args[key] for key in KEYS if request.args.get(key)},
        for_whom=stands_in_for(g.session, g.actor, today=day),
        may_open=policy.may(g.actor, Right.READ),
        may_file=policy.may(g.actor, Right.FILE),
        may_keep_absences=policy.may(g.actor, Right.KEEP_ABSENCES),
        warning=signing.expiry_warning(settings(), day) if policy.may(g.actor, Action.APPROVE) else None,
        states=STATES,
        wording=wording,
    )


def _lists() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Who can be in charge, and the departments, for the fields of the filter."""
    people = [(row.id, row.name) for row in colleagues(g.session, actor=g.actor)]
    return people, [(row.id, choose(row, "name")) for row in departments(g.session)]


def _saved(lists: tuple[list[tuple[str, str]], list[tuple[str, str]]]) -> list[tuple[Any, str, int]]:
    """The saved filters with their addresses and how many cases each finds today."""
    found = []
    for row in saved_filters(g.session, g.actor):
        values = MultiDict(parse_qsl(row.query))
        wanted = _filter(FilterForm(values, *lists), values)
        number = matching(g.session, wanted, actor=g.actor, today=today())
        found.append((row, f"{url_for('disclosure_staff.desk')}?{row.query}", number))
    return found


@for_action(Right.READ)
def find_by_name() -> Response | str:
    """Look for a name in any spelling: only its blind index is kept, and no case is opened."""
    form = FindForm()
    if form.validate_on_submit():
        indexes = name_indexes(office(), form.name.data or "")
        born = birth_index(office(), form.birth.day) if form.birth.day else ""
        session[FOUND] = [indexes.name, indexes.kana, born]
        return redirect(url_for("disclosure_staff.desk", scope="found"), 303)
    return render_template("disclosure/staff/find.html", form=form)


@for_action(Right.SAVE_FILTER)
def save_filter() -> Response | str:
    """Keep the filter that is set, under a name."""
    form = SaveFilterForm()
    if form.validate_on_submit():
        try:
            with g.session.begin_nested():
                keep_filter(g.session, form.filter_name.data or "", request.args, by=g.actor, at=clock.now())
        except (Invalid, Conflict) as error:
            form.tell(error, otherwise="filter_name")
        else:
            flash(_("The filter is saved."), "success")
            kept = urlencode({key: request.args[key] for key in KEYS if request.args.get(key)})
            return redirect(f"{url_for('disclosure_staff.desk')}?{kept}", 303)
    return _desk(form)


@for_action(Right.SAVE_FILTER)
def drop_filter(filter_id: str) -> Response:
    """Forget a saved filter."""
    forget_filter(g.session, filter_id, by=g.actor)
    flash(_("The filter is dropped."), "success")
    return redirect(url_for("disclosure_staff.desk"), 303)


def _filter(form: FilterForm, values: Mapping[str, str]) -> Filter:
    scope = values.get("scope") or Scope.OPEN.value
    page = int(values.get("page") or "1") if (values.get("page") or "1").isdecimal() else 1
    if scope == "found" and FOUND in session and policy.may(g.actor, Right.READ):
        name, kana, born = session[FOUND]
        return Filter(name=NameIndexes(name, kana), birth=born, page=page)
    fits = form.validate()
    return Filter(
        scope=Scope(scope) if scope in set(Scope) else Scope.OPEN,
        state=State(form.state.data) if fits and form.state.data else None,
        duty=Duty(form.duty.data) if fits and form.duty.data else None,
        assignee_id=form.person.data or None if fits else None,
        department_id=form.department.data or None if fits else None,
        number=(form.number.data or "").strip() if fits else "",
        page=page,
    )
