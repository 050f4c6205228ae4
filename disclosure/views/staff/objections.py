"""Against an objection: whether it is followed, and the notice to whoever objected."""

from __future__ import annotations

from flask import g
from werkzeug.wrappers import Response

from disclosure.forms.staff.third_party import ObjectionForm
from disclosure.models.notice import Notice
from disclosure.operations.third_parties import mark_withheld
from disclosure.operations.third_party_letters import draft_objection_notice
from disclosure.policy import Right
from disclosure.queries.third_parties import find_party
from disclosure.views.staff.held import attempt, for_action, found, press
from disclosure.views.staff.third_parties import show, to_draft, to_party
from portal.core import clock
from portal.web.building import office

FOLLOWED = "followed"


@for_action(Right.CONSULT)
def weigh_objection(number: str, party_id: str, said: str) -> Response:
    """Say whether the decision withholds what the third party objects to."""
    one = found(number)
    row = find_party(g.session, one, party_id)
    press(one, lambda: mark_withheld(g.session, one, row, said == FOLLOWED, by=g.actor, at=clock.now()))
    return to_party(one, row)


@for_action(Right.CONSULT)
def tell_opponent(number: str, party_id: str) -> Response | str:
    """Draft the notice to whoever objected."""
    one = found(number)
    row, form, made = find_party(g.session, one, party_id), ObjectionForm(), list[Notice]()

    def do() -> None:
        why = form.grounds.data or ""
        made.append(draft_objection_notice(g.session, one, row, why, vault=office(), by=g.actor, at=clock.now()))

    if form.validate_on_submit() and attempt(form, one, do):
        return to_draft(one, made[0])
    return show(one, row, form)
