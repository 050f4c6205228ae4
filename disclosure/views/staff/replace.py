"""A letter in the place of another: drafted by an officer, read and issued by an approver."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.case import CaseForm
from disclosure.forms.staff.replacement import ReplacementForm
from disclosure.letters.body import letter_body
from disclosure.models.case import Case
from disclosure.operations import replace_letter
from disclosure.policy import Right
from disclosure.queries.keys import case_key, case_letter
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, opened, press
from portal.core import clock
from portal.core.errors import N_, Invalid
from portal.web.building import office, settings, signer
from portal.web.language import _


@for_action(Right.DRAFT_REPLACEMENT, look=True)
def replacement(number: str, letter_id: str) -> Response | str:
    """Write what was wrong and how it is right."""
    one = found(number)
    letter = case_letter(g.session, one, letter_id)
    page, key = opened(one, "replacement"), case_key(office(), one)
    row = replace_letter.in_work(g.session, letter_id)
    start = (
        replace_letter.content(row, key=key)
        if row is not None
        else replace_letter.as_it_stands(g.session, one, letter, key=key)
    )
    form = fresh(ReplacementForm(start, one.regime, hidden=one.protected), one)
    if form.validate_on_submit() and attempt(form, one, lambda: _draft(one, letter_id, form)):
        flash(_("The draft is kept. Somebody else with the role of approver reads and issues it."), "success")
        return redirect(url_for("disclosure_staff.replacement_letter", number=one.number, letter_id=letter_id), 303)
    return render_template(
        "disclosure/staff/replacement.html", form=form, case=one, page=page, letter=letter, start=start, wording=wording
    )


def _draft(one: Case, letter_id: str, form: ReplacementForm) -> None:
    replace_letter.draft_replacement(
        g.session, one, letter_id, form.content(), vault=office(), by=g.actor, at=clock.now()
    )


@for_action(Right.READ, look=True)
def replacement_letter(number: str, letter_id: str) -> str:
    """The new letter as it would be issued, with the step that comes next."""
    one = found(number)
    return _show(one, letter_id, fresh(CaseForm(), one))


def _show(one: Case, letter_id: str, form: CaseForm) -> str:
    letter = case_letter(g.session, one, letter_id)
    made = replace_letter.preview(
        g.session, one, letter_id, settings=settings(), vault=office(), by=g.actor, at=clock.now()
    )
    try:
        body, unprintable = letter_body(made.template, made.context), ""
    except Invalid as error:
        body, unprintable = (
            Markup(""),
            _(error.message, **{**error.params, "place": _(str(error.params.get("place", "")))}),
        )
    return render_template(
        "disclosure/staff/replacement_letter.html",
        form=form,
        case=one,
        letter=letter,
        row=replace_letter.in_work(g.session, letter_id),
        body=body,
        unprintable=unprintable,
        may_issue=policy.may(g.actor, Right.ISSUE_REPLACEMENT, one),
        may_draft=policy.may(g.actor, Right.DRAFT_REPLACEMENT, one),
        wording=wording,
    )


@for_action(Right.DROP_REPLACEMENT)
def drop_replacement(number: str, letter_id: str) -> Response:
    """Give the draft up."""
    one = found(number)
    case_letter(g.session, one, letter_id)
    press(one, lambda: replace_letter.drop_replacement(g.session, one, letter_id, by=g.actor, at=clock.now()))
    return back_to(one, N_("The draft is dropped. The letter stays in force."))


@for_action(Right.ISSUE_REPLACEMENT)
def issue_replacement(number: str, letter_id: str) -> Response | str:
    """Approve and issue the new letter."""
    one, form = found(number), CaseForm()
    case_letter(g.session, one, letter_id)
    if form.validate_on_submit() and attempt(form, one, lambda: _issue(one, letter_id)):
        return back_to(one, N_("The new letter is issued. It takes the place of the old one, which stays readable."))
    return _show(one, letter_id, form)


def _issue(one: Case, letter_id: str) -> None:
    replace_letter.issue_replacement(
        g.session,
        one,
        letter_id,
        settings=settings(),
        vault=office(),
        signer=signer(),
        by=g.actor,
        at=clock.now(),
    )
