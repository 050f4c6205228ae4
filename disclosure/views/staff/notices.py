"""Letters beside the decision: reading a draft, issuing it, dropping it; the same page for every kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.case import CaseForm
from disclosure.letters.body import letter_body
from disclosure.models.case import Case
from disclosure.models.notice import Notice, NoticeState
from disclosure.operations import notices
from disclosure.policy import Right
from disclosure.queries.case_page import CasePage
from disclosure.queries.notices import notice as find_notice
from disclosure.queries.notices import notices as all_notices
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, press
from portal.core import clock
from portal.core.errors import N_, Conflict, Invalid
from portal.letters import kinds
from portal.web.building import office, settings, signer
from portal.web.language import _


def panel(page: CasePage) -> Mapping[str, Any] | None:
    """The drafts of such letters on the case's page."""
    rows = [row for row in all_notices(g.session, page.case) if row.state is NoticeState.DRAFTED]
    return {"rows": [(row, kinds.name(row.kind)) for row in rows]} if rows else None


@for_action(Right.READ_NOTICE, look=True)
def notice(number: str, notice_id: str) -> str:
    """The letter as it would be issued, with the step that comes next."""
    one = found(number)
    return _show(one, find_notice(g.session, one, notice_id), fresh(CaseForm(), one))


def _show(one: Case, row: Notice, form: CaseForm) -> str:
    kind, hindrance = notices.KINDS[row.kind], ""
    made = notices.preview_notice(g.session, one, row, settings=settings(), vault=office(), by=g.actor, at=clock.now())
    try:
        body, unprintable = letter_body(made.template, made.context), ""
    except Invalid as error:
        place = _(str(error.params.get("place", "")))
        body, unprintable = Markup(""), _(error.message, **{**error.params, "place": place})
    try:
        notices.check_again(g.session, one, row, vault=office(), at=clock.now())
    except (Invalid, Conflict) as error:
        hindrance = _(error.message, **{name: str(value) for name, value in error.params.items()})
    return render_template(
        "disclosure/staff/notice.html",
        form=form,
        case=one,
        row=row,
        title=_(kind.name),
        body=body,
        unprintable=unprintable,
        hindrance=hindrance,
        not_yet=kind.not_yet(g.session, one),
        mine=row.drafted_by == g.actor.id and not row.alone,
        may_issue=policy.may(g.actor, kind.issues, one),
        may_drop=policy.may(g.actor, kind.drafts, one) or policy.may(g.actor, kind.issues, one),
    )


@for_action(Right.READ_NOTICE)
def drop_notice(number: str, notice_id: str) -> Response:
    """Give the draft up."""
    one = found(number)
    row = find_notice(g.session, one, notice_id)
    press(one, lambda: notices.drop_notice(g.session, one, row, by=g.actor, at=clock.now()))
    return back_to(one, N_("The draft is dropped."))


@for_action(Right.READ_NOTICE)
def issue_notice(number: str, notice_id: str) -> Response | str:
    """Issue the letter."""
    one, form = found(number), CaseForm()
    row = find_notice(g.session, one, notice_id)
    if form.validate_on_submit() and attempt(form, one, lambda: _issue(one, row)):
        return back_to(one, N_("The letter is issued."))
    return _show(one, row, form)


def _issue(one: Case, row: Notice) -> None:
    notices.issue_notice(
        g.session, one, row, settings=settings(), vault=office(), signer=signer(), by=g.actor, at=clock.now()
    )
