"""Separating the rest of a request under the special period: the page, and the panel that links both cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g, render_template
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.split import SplitForm
from disclosure.models.case import Case
from disclosure.operations import split as splitting
from disclosure.queries.case_page import CasePage
from disclosure.queries.extensions import special
from disclosure.queries.keys import case_key
from disclosure.queries.splits import shown_split, split_obstacle
from disclosure.rules.states import Action
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, office, opened, settings
from portal.core import clock
from portal.core.errors import N_


def panel(page: CasePage) -> Mapping[str, Any] | None:
    """The other case of a request decided in two parts; before that, the way to separate the rest."""
    case = page.case
    shown = shown_split(g.session, case, key=case_key(office(), case))
    may = policy.may(g.actor, Action.APPLY_SPECIAL_PERIOD, case) and split_obstacle(g.session, case) is None
    return {"split": shown, "may": may} if shown is not None or may else None


@for_action(Action.APPLY_SPECIAL_PERIOD, look=True)
def split(number: str) -> Response | str:
    """Say which part this case decides and which is the rest."""
    one = found(number)
    form = fresh(SplitForm(), one)
    made: list[Case] = []
    if form.validate_on_submit() and attempt(form, one, lambda: made.append(_split(one, form))):
        return back_to(one, N_("The rest is the case %(number)s now. Decide this part."), number=made[0].number)
    row = special(g.session, one)
    return render_template(
        "disclosure/staff/split.html",
        form=form,
        case=one,
        page=opened(one, "split"),
        obstacle=split_obstacle(g.session, one),
        rest_on=row.rest_on if row is not None else None,
        wording=wording,
    )


def _split(one: Case, form: SplitForm) -> Case:
    return splitting.split(
        g.session,
        one,
        form.part.data or "",
        form.rest.data or "",
        vault=office(),
        organisation=settings().organisation,
        by=g.actor,
        at=clock.now(),
    )
