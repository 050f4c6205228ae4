"""Representatives on the desk: what is known of them, the end of a representation, and protected addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g, render_template
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.agency import CapacityLostForm, ProtectForm
from disclosure.operations.lose_capacity import lose_capacity
from disclosure.operations.protect import protect
from disclosure.policy import Right
from disclosure.queries.case_page import CasePage
from disclosure.queries.protection import protected_namesakes
from disclosure.rules.agents import CAPACITIES
from disclosure.rules.identity import Shows
from disclosure.rules.kinds import Field, Requester
from disclosure.rules.states import Action
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh
from portal.core import clock
from portal.core.errors import N_
from portal.web.building import office
from portal.web.language import choose


def panel(page: CasePage) -> Mapping[str, Any] | None:
    """Who asks for another person, what shows it, what to think of; and whether the address is protected."""
    case = page.case
    return {
        "agent": case.requester is not Requester.PERSON,
        "capacity": capacity(page),
        "papers": [row for row in page.identity_checks if row.shows is Shows.AGENCY],
        "conflict": conflict(page),
        "namesakes": namesakes(page),
        "may_protect": policy.may(g.actor, Right.PROTECT, case),
    }


def capacity(page: CasePage) -> str:
    """In what capacity a representative acts."""
    known = CAPACITIES.get(page.values.get(Field.AGENT_CAPACITY, ""))
    return str(choose(known, "label")) if known else "–"


def conflict(page: CasePage) -> bool:
    """Whether the interests of the person and of who asks for them may differ (個人情報保護法 第78条第1項第1号)."""
    return page.case.requester is Requester.STATUTORY and page.case.ended_on is None


def namesakes(page: CasePage) -> tuple[str, ...]:
    """Protected cases that may be about the same person, where a representative asks."""
    asks = page.case.requester is not Requester.PERSON
    return protected_namesakes(g.session, page.case, actor=g.actor) if asks else ()


@for_action(Action.DEEM_WITHDRAWN, look=True)
def capacity_lost(number: str) -> Response | str:
    """Enter that the representation ended."""
    one = found(number, Action.DEEM_WITHDRAWN)
    form = fresh(CapacityLostForm(), one)
    if form.validate_on_submit() and attempt(
        form, one, lambda: lose_capacity(g.session, one, form.lost_on.day, by=g.actor, at=clock.now())
    ):
        return back_to(one, N_("The request counts as withdrawn."))
    return render_template("disclosure/staff/capacity_lost.html", form=form, case=one)


@for_action(Right.PROTECT, look=True)
def protection(number: str) -> Response | str:
    """Protect the address, or no longer, and say why."""
    one = found(number)
    form, wanted = fresh(ProtectForm(), one), not one.protected

    def do() -> None:
        protect(g.session, one, wanted, form.reason.data or "", vault=office(), by=g.actor, at=clock.now())

    if form.validate_on_submit() and attempt(form, one, do):
        return back_to(one, N_("The address is protected.") if wanted else N_("The address is no longer protected."))
    return render_template("disclosure/staff/protection.html", form=form, case=one)
