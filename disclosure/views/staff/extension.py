"""More time for a decision: an officer drafts the notice, an approver reads and issues it."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.case import CaseForm
from disclosure.forms.staff.extension import ExtensionForm, SpecialPeriodForm
from disclosure.letters.body import letter_body
from disclosure.models.case import Case
from disclosure.models.extension import Extension
from disclosure.operations import extend
from disclosure.operations.extend import Wanted
from disclosure.policy import Right
from disclosure.queries import extensions
from disclosure.queries.case_law import case_law
from disclosure.queries.keys import case_key
from disclosure.rules.extensions import ExtensionKind, longest
from disclosure.rules.states import Action
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, opened, press, today
from portal.core import clock
from portal.core.errors import N_, Invalid
from portal.web.building import office, settings, signer
from portal.web.language import _


@for_action(Action.EXTEND, look=True)
def extension(number: str) -> Response | str:
    """Write the notice of an extension."""
    one = found(number, Action.EXTEND)
    row = _drafted(one, ExtensionKind.EXTENSION)
    start = {"days": str(row.days), "ground": row.ground, "facts": _facts(one, row)} if row else {}
    form = fresh(ExtensionForm(data=start), one)
    if form.validate_on_submit():
        wanted = Wanted(ExtensionKind.EXTENSION, form.facts.data or "", form.number, form.chosen)
        if attempt(form, one, lambda: _draft(one, wanted)):
            return _to_notice(one)
    return _page("disclosure/staff/extension.html", one, ExtensionKind.EXTENSION, form)


@for_action(Action.APPLY_SPECIAL_PERIOD, look=True)
def special_period(number: str) -> Response | str:
    """Write the notice that the special period applies."""
    one = found(number, Action.APPLY_SPECIAL_PERIOD)
    row = _drafted(one, ExtensionKind.SPECIAL)
    start = {"rest_on": wording.plain_day(row.rest_on), "facts": _facts(one, row)} if row and row.rest_on else {}
    form = fresh(SpecialPeriodForm(data=start), one)
    if form.validate_on_submit():
        wanted = Wanted(ExtensionKind.SPECIAL, form.facts.data or "", rest_on=form.rest_on.day)
        if attempt(form, one, lambda: _draft(one, wanted)):
            return _to_notice(one)
    return _page("disclosure/staff/special_period.html", one, ExtensionKind.SPECIAL, form)


def _drafted(one: Case, kind: ExtensionKind) -> Extension | None:
    row = extensions.in_work(g.session, one)
    return row if row is not None and row.kind is kind else None


def _facts(one: Case, row: Extension) -> str:
    return extensions.facts(case_key(office(), one), row)


def _draft(one: Case, wanted: Wanted) -> None:
    extend.draft_extension(g.session, one, wanted, vault=office(), by=g.actor, at=clock.now())


def _to_notice(one: Case) -> Response:
    flash(_("The draft is kept. Somebody else with the role of approver reads and issues it."), "success")
    return redirect(url_for("disclosure_staff.period_notice", number=one.number), 303)


def _page(template: str, one: Case, kind: ExtensionKind, form: CaseForm) -> str:
    day = today()
    return render_template(
        template,
        form=form,
        case=one,
        page=opened(one, kind.value),
        hindrance=extensions.hindrance(g.session, one, kind, today=day),
        due_on=extensions.decision_due(g.session, one, today=day, by=()).due_on,
        longest=longest(case_law(one), one.law_day),
        wording=wording,
    )


@for_action(Right.READ, look=True)
def period_notice(number: str) -> str:
    """The notice as it would be issued, with the step that comes next."""
    one = found(number)
    return _show(one, fresh(CaseForm(), one))


def _show(one: Case, form: CaseForm) -> str:
    made = extend.preview(g.session, one, settings=settings(), vault=office(), by=g.actor, at=clock.now())
    row = extensions.in_work(g.session, one)
    try:
        body, unprintable = letter_body(made.template, made.context), ""
    except Invalid as error:
        place = _(str(error.params.get("place", "")))
        body, unprintable = Markup(""), _(error.message, **{**error.params, "place": place})
    return render_template(
        "disclosure/staff/period_notice.html",
        form=form,
        case=one,
        row=row,
        body=body,
        unprintable=unprintable,
        hindrance=extensions.hindrance(g.session, one, row.kind, today=today()) if row else None,
        may_issue=policy.may(g.actor, Right.ISSUE_EXTENSION, one),
        may_draft=policy.may(g.actor, Action.EXTEND, one),
        may_drop=policy.may(g.actor, Right.DROP_EXTENSION, one),
        wording=wording,
    )


@for_action(Right.DROP_EXTENSION)
def drop_period_notice(number: str) -> Response:
    """Give the draft up."""
    one = found(number)
    press(one, lambda: extend.drop_extension(g.session, one, by=g.actor, at=clock.now()))
    return back_to(one, N_("The draft is dropped. The period stays as it is."))


@for_action(Right.ISSUE_EXTENSION)
def issue_period_notice(number: str) -> Response | str:
    """Approve and issue the notice."""
    one, form = found(number), CaseForm()
    if form.validate_on_submit() and attempt(form, one, lambda: _issue(one)):
        return back_to(one, N_("The notice is issued. The period is longer from now on, and the requester is told."))
    return _show(one, form)


def _issue(one: Case) -> None:
    extend.issue_extension(
        g.session, one, settings=settings(), vault=office(), signer=signer(), by=g.actor, at=clock.now()
    )
