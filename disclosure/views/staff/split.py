"""Separating the rest of a request under the special period: the page, and the panel that links both cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g, render_template
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.split import SplitForm
from disclosure.letters.slip import receipt_slip
from disclosure.models.case import Case
from disclosure.operations import split as splitting
from disclosure.operations.rest_slip import rest_slip as print_rest
from disclosure.policy import Right
from disclosure.queries.case_page import CasePage
from disclosure.queries.extensions import special
from disclosure.queries.keys import case_key
from disclosure.queries.splits import papers_of_origin, shown_split, slip_obstacle, split_obstacle
from disclosure.queries.status import StatusFile
from disclosure.rules.kinds import FileKind
from disclosure.rules.states import Action
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, opened
from portal.core import clock
from portal.core.errors import N_
from portal.web.building import office, settings
from portal.web.downloads import download
from portal.web.language import _


def panel(page: CasePage) -> Mapping[str, Any] | None:
    """The other case of a request decided in two parts; before that, the way to separate the rest."""
    case = page.case
    shown = shown_split(g.session, case, key=case_key(office(), case))
    may = policy.may(g.actor, Action.APPLY_SPECIAL_PERIOD, case) and split_obstacle(g.session, case) is None
    if shown is None and not may:
        return None
    slip = policy.may(g.actor, Right.DELIVER, case) and slip_obstacle(g.session, case) is None
    return {"split": shown, "may": may, "slip": slip, "papers": _papers(case)}


def _papers(case: Case) -> tuple[Case, list[StatusFile]] | None:
    """The papers of the first case, without the names that people gave to them."""
    found = papers_of_origin(g.session, case) if policy.may(g.actor, Right.READ_FILES, case) else None
    if found is None:
        return None
    labels = {
        FileKind.IDENTITY: N_("Identity document %(n)s"),
        FileKind.AGENCY: N_("Paper of the representative %(n)s"),
    }
    rows = [
        StatusFile(row.id, row.kind, _(labels[row.kind], n=row.position), row.media_type, row.size, row.pages)
        for row in found[1]
    ]
    return found[0], rows


@for_action(Right.DELIVER, look=True)
def rest_slip(number: str) -> Response:
    """The slip with number and code of the rest, for a requester on paper."""
    shown = print_rest(g.session, found(number), vault=office(), by=g.actor, at=clock.now())
    one = shown.other
    data = receipt_slip(
        one.number, shown.code, received_at=one.received_at, settings=settings(), language=one.language, rest_of=number
    )
    return download(data, name=f"{one.number}-{_('receipt-slip')}.pdf", media_type="application/pdf")


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
