"""Forms of bodies that are kept from the first keystroke: to open a case, to ask, to post an emergency, to report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from content.forms import typed
from content.views.desk_typing import for_script
from discrepancy import policy
from discrepancy.forms.cases import NewCaseForm, today
from discrepancy.forms.enquiries import EmergencyForm, ProviderForm
from discrepancy.forms.sheets import sheet_form
from discrepancy.models.typings import TypedForm
from discrepancy.operations import typing as steps
from discrepancy.queries.access import find_case, find_report
from discrepancy.rules import fields
from discrepancy.rules.reporting import ReportAction
from discrepancy.views.doors import for_bodies
from portal.core import clock
from portal.core.db import new_id
from portal.core.errors import NotFound
from portal.web.building import office
from portal.web.language import _

EMERGENCY = "ask/emergency"


@dataclass(frozen=True)
class Kept:
    """Where a form is kept, as its page has it: its ``place``, the page's own address, what was not sent there.

    ``id`` and ``version``: of what the form goes on from.
    """

    place: str
    url: str
    id: str
    version: int
    open_forms: Sequence[TypedForm]


def opened(place: str, url: str) -> tuple[Kept, MultiDict[str, str] | None]:
    """The form at a place: what it is kept as, and what stood in it where the address asks to go on from that.

    None: the form begins with what is known, or with what was sent. NotFound where nothing of the actor's is kept.
    """
    sent = request.form if request.method == "POST" else None
    asked_for = request.args.get("typing", "") if sent is None else ""
    values: MultiDict[str, str] | None = None
    typing_id, version = new_id(), 0
    if asked_for:
        values = MultiDict(steps.typed_of(g.session, asked_for, place, vault=office(), by=g.actor))
        found = g.session.get_one(TypedForm, asked_for)
        typing_id, version = found.id, found.version
    elif sent is not None:
        typing_id = sent.get("typing", "")[:36] or typing_id
        version = typed.version(sent.get("typing_version", ""))
    mine = [one for one in steps.open_forms(g.session, place, by=g.actor) if one.id != typing_id]
    return Kept(place, url, typing_id, version, mine), values


def keep_for_later(place: str, back: str) -> Response | None:
    """Keep the form as it is where that was asked for with a button; None where it was not. Invalid."""
    if "keep" not in request.form:
        return None
    _kept, refused = _keep(place)
    if refused:
        flash(_("Kept without the fields that hold what looks like a personal number."), "warning")
    else:
        flash(_("Kept as it is. Open the form again to go on."), "success")
    return redirect(back, 303)


def sent_away() -> None:
    """The form was sent: what was kept of it goes."""
    steps.throw_away(g.session, request.form.get("typing", ""), by=g.actor)


@for_bodies
def keep() -> dict[str, Any]:
    """Keep an open form as it is typed, as the script sends it; NotFound where its place is not the actor's."""
    place = request.form.get("place", "")
    read = steps.PLACE.fullmatch(place)
    if read is None:
        raise NotFound
    form: Any = NewCaseForm(formdata=None)
    if read["case"]:
        find_case(g.session, read["case"], actor=g.actor)
        form = (EmergencyForm if place.endswith(EMERGENCY) else ProviderForm)(formdata=None)
    if read["report"]:
        report = find_report(g.session, read["report"], actor=g.actor)
        policy.check_report(g.actor, ReportAction.EDIT, report)
        form = sheet_form(fields.form(fields.FormKind.REPORT), (), {}, chosen={}, day=today(), sent=False)
    kept, refused = _keep(place)
    return for_script(kept, refused, form)


def _keep(place: str) -> tuple[TypedForm, list[str]]:
    sent = request.form
    return steps.keep_typed(
        g.session,
        place,
        typed.sent(sent),
        typing_id=sent.get("typing", "")[:36],
        version=typed.version(sent.get("typing_version", "")),
        vault=office(),
        by=g.actor,
        at=clock.now(),
    )
