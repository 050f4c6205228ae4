"""What the desk's views share: finding the case, opening it with a look, and doing a step at the version seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import flash, g, redirect, request, url_for
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.case import CaseForm
from disclosure.models.case import Case
from disclosure.operations.hold import MOVED_ON, hold
from disclosure.operations.look import What, look
from disclosure.queries.case_page import CasePage, case_page
from disclosure.queries.find import find
from disclosure.queries.protection import without_address
from disclosure.rules import states
from disclosure.rules.states import Action
from portal.core import clock
from portal.core.errors import Conflict, Invalid
from portal.web.access import requires
from portal.web.building import office
from portal.web.language import _


def for_action(action: Action | policy.Right, *, look: bool = False) -> Any:
    """Mark a view as open to the roles that the policy names for an action."""
    return requires(*policy.STAFF[action], records_look=look)


def today() -> date:
    """The day in Japan."""
    return clock.day_in_japan(clock.now())


def found(number: str, action: Action | None = None) -> Case:
    """The case; NotFound for an unknown one, Conflict when the action is not possible in its state."""
    case = find(g.session, number, actor=g.actor)
    if action is not None and request.method == "GET":
        states.after(case.state, action)
    return case


def opened(case: Case, page: str) -> CasePage:
    """Everything in the case. That the person was shown it is recorded first.

    A protected address is left out unless it was asked for by ``?address=shown``, which is a look of its own.
    """
    on_purpose = case.protected and request.args.get("address") == "shown"
    look(g.session, case, What.ADDRESS if on_purpose else What.CASE, by=g.actor, at=clock.now(), page=page)
    found = case_page(g.session, case, vault=office(), actor=g.actor, today=today())
    return without_address(found) if case.protected and not on_purpose else found


def press(case: Case, do: Callable[[], Any]) -> None:
    """Do the step of a bare button; Conflict when the case has moved on since its page was made."""
    hold(g.session, case, version=request.form.get("version", ""))
    do()
    g.session.flush()


def attempt(form: CaseForm, case: Case, do: Callable[[], Any]) -> bool:
    """Do a step at the version that the form was made from. False: the form says why not, and nothing is changed.

    What was typed stays in the form. After a conflict it goes on from the present version, so that whoever has read
    what happened can send again.
    """
    try:
        with g.session.begin_nested():
            hold(g.session, case, version=form.version.data or "")
            do()
    except (Invalid, Conflict, StaleDataError) as error:
        g.session.refresh(case)
        refuse(form, error)
        form.version.data = str(case.version)
        return False
    return True


def refuse(form: CaseForm, error: Invalid | Conflict | StaleDataError) -> None:
    """Put the message next to the field that it concerns, or above the whole form."""
    if isinstance(error, StaleDataError):
        form.stop(MOVED_ON)
    else:
        form.tell(error)


def fresh(form: CaseForm, case: Case) -> CaseForm:
    """The form with the case's present version, when it is shown for the first time."""
    if not form.is_submitted():
        form.version.data = str(case.version)
    return form


def back_to(case: Case, message: str = "", tone: str = "success", **params: Any) -> Response:
    """To the case's page, with a message shown there once."""
    if message:
        flash(_(message, **params), tone)
    return redirect(url_for("disclosure_staff.case", number=case.number), 303)
