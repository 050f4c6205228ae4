"""The draft of the letter, and the steps that end in its issue: sending, approving, sending back, issuing."""

from __future__ import annotations

from flask import g, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from disclosure.forms.staff.case import CaseForm
from disclosure.forms.staff.decision import SendBackForm
from disclosure.letters.body import letter_body
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.operations import decide
from disclosure.operations.draft_letter import DraftLetter, draft_letter
from disclosure.operations.issue import issue as issue_letter
from disclosure.policy import Right
from disclosure.queries.case_page import CasePage
from disclosure.queries.hindrances import hindrances
from disclosure.rules.states import Action
from disclosure.views.staff import doors, wording
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, opened, today
from portal.core import clock
from portal.core.errors import N_, Invalid
from portal.web.building import office, settings, signer
from portal.web.downloads import download
from portal.web.language import _


@for_action(Right.READ, look=True)
def letter(number: str) -> str:
    """The letter as a page, with the step that comes next."""
    one = found(number)
    return show(one, fresh(CaseForm(), one))


def show(one: Case, form: CaseForm) -> str:
    """The page; ``form`` holds what stopped a step."""
    made = draft_letter(g.session, one, settings=settings(), vault=office(), by=g.actor, at=clock.now())
    page = opened(one, "letter")
    body, unprintable = _set(made)
    return render_template(
        "disclosure/staff/letter.html",
        form=form,
        case=one,
        page=page,
        body=body,
        unprintable=unprintable,
        can={action.name.lower(): action in page.can for action in Action},
        waiting=doors.waiting(page, g.actor),
        hindered=_hindered(page),
        wording=wording,
    )


def _hindered(page: CasePage) -> list[str]:
    """What keeps the step that comes next from being taken today."""
    rows = (
        row
        for action in (Action.SEND_FOR_APPROVAL, Action.ISSUE)
        if action in page.can
        for row in hindrances(g.session, page.case, action, today=today())
    )
    return [wording.words(row.message, row.params) for row in rows]


def _set(made: DraftLetter) -> tuple[Markup, str]:
    """The text as it will be printed, or what stops it from being printed."""
    try:
        return letter_body(made.template, made.context), ""
    except Invalid as error:
        return Markup(""), _(error.message, **{**error.params, "place": _(str(error.params.get("place", "")))})


@for_action(Right.READ, look=True)
def draft_pdf(number: str) -> Response:
    """The draft as PDF, marked as such. Invalid names a character that no font has."""
    one = found(number)
    made = draft_letter(g.session, one, settings=settings(), vault=office(), by=g.actor, at=clock.now())
    pdf = LETTERS.render(made.template, made.context)
    return download(pdf, name=f"draft-{one.number}.pdf", media_type="application/pdf")


@for_action(Action.SEND_FOR_APPROVAL)
def send_for_approval(number: str) -> Response | str:
    """Hand the draft to an approver."""
    one, form = found(number), CaseForm()
    if form.validate_on_submit() and attempt(
        form,
        one,
        lambda: decide.send_for_approval(g.session, one, vault=office(), by=g.actor, at=clock.now()),
    ):
        return back_to(one, N_("The draft is sent for approval."))
    return show(one, form)


@for_action(Action.APPROVE)
def approve(number: str) -> Response | str:
    """Approve what a colleague drafted."""
    one, form = found(number), CaseForm()
    if form.validate_on_submit() and attempt(
        form, one, lambda: decide.approve(g.session, one, by=g.actor, at=clock.now())
    ):
        return back_to(one, N_("The decision is approved. The letter can be issued."))
    return show(one, form)


@for_action(Action.SEND_BACK, look=True)
def send_back(number: str) -> Response | str:
    """Return the draft with a reason."""
    one = found(number, Action.SEND_BACK)
    form = fresh(SendBackForm(), one)
    if form.validate_on_submit() and attempt(form, one, lambda: _send_back(one, form)):
        return back_to(one, N_("The draft is sent back to its author."))
    return render_template(
        "disclosure/staff/send_back.html", form=form, case=one, page=opened(one, "send-back"), wording=wording
    )


def _send_back(one: Case, form: SendBackForm) -> None:
    decide.send_back(g.session, one, form.reason.data or "", vault=office(), by=g.actor, at=clock.now())


@for_action(Action.ISSUE)
def issue(number: str) -> Response | str:
    """Give the letter its number and tell the requester."""
    one, form = found(number), CaseForm()
    if form.validate_on_submit() and attempt(form, one, lambda: _issue(one)):
        return back_to(one, N_("The letter is issued. The requester can read it now."))
    return show(one, form)


def _issue(one: Case) -> None:
    issue_letter(g.session, one, settings=settings(), vault=office(), signer=signer(), by=g.actor, at=clock.now())
