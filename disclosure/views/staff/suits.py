"""Suits about a case, entered as facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure.forms.staff.suit import SuitEndForm, SuitForm
from disclosure.models.suit import SuitResult
from disclosure.operations import suits as work
from disclosure.operations.look import What, look
from disclosure.policy import Right
from disclosure.queries import suits as queries
from disclosure.queries.appeal_wording import SUIT_RESULTS
from disclosure.queries.case_page import CasePage
from disclosure.queries.keys import case_key
from disclosure.rules.states import NOTIFIED
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, today
from portal.core import clock
from portal.core.errors import N_, Conflict
from portal.web.building import office
from portal.web.language import _


def panel(page: CasePage) -> Mapping[str, Any] | None:
    """The suits on the case's page; also the way to enter one, once there is something to contest."""
    rows = queries.suits(g.session, page.case)
    if not rows and page.case.state not in NOTIFIED:
        return None
    return {"rows": rows, "results": SUIT_RESULTS}


@for_action(Right.HANDLE_APPEAL, look=True)
def suits(number: str) -> Response | str:
    """All of a case, and entering one."""
    one = found(number)
    key, form = case_key(office(), one), fresh(SuitForm(), one)

    def do() -> None:
        court, note = form.court.data or "", form.note.data or ""
        work.enter_suit(
            g.session, one, form.filed_on.day or today(), court, note, key=key, by=g.actor, at=clock.now()
        )  # fmt: skip

    if form.validate_on_submit() and attempt(form, one, do):
        return back_to(one, N_("The suit is entered. The case is held from now on."))
    look(g.session, one, What.CASE, by=g.actor, at=clock.now(), page="suits")
    rows = [(row, queries.note(key, row)) for row in queries.suits(g.session, one)]
    return render_template("disclosure/staff/suits.html", form=form, case=one, rows=rows, results=SUIT_RESULTS)


@for_action(Right.HANDLE_APPEAL, look=True)
def end_suit(number: str, suit_id: str) -> Response | str:
    """How a suit ended."""
    one = found(number)
    row = queries.suit(g.session, one, suit_id)
    if row.result is not None:
        raise Conflict(N_("The end of this suit was entered before."))
    form = fresh(SuitEndForm(), one)

    def do() -> None:
        day = form.ended_on.day or today()
        work.end_suit(g.session, one, row, SuitResult(form.result.data), day, by=g.actor, at=clock.now())

    if form.validate_on_submit() and attempt(form, one, do):
        flash(_("The end of the suit is entered. Lift the hold when nothing can follow any more."), "success")
        return redirect(url_for("disclosure_staff.suits", number=number), 303)
    look(g.session, one, What.CASE, by=g.actor, at=clock.now(), page="suits")
    return render_template("disclosure/staff/end_suit.html", form=form, case=one, row=row)
