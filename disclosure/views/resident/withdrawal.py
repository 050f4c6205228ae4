"""What shows that a request was withdrawn: its form (取下書) with the day on which it reached us."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g
from werkzeug.wrappers import Response

from disclosure.letters import form_sheet
from disclosure.models.case import Case
from disclosure.operations.look import What, look
from disclosure.queries.history import history
from disclosure.queries.keys import fields
from disclosure.queries.opening import OpenedCase
from disclosure.rules import forms
from disclosure.rules.kinds import Field
from disclosure.rules.states import State
from disclosure.views.resident.opened import with_case
from portal.core import clock
from portal.core.errors import NotFound
from portal.core.wareki import format_wareki
from portal.web.building import settings
from portal.web.downloads import download

SLUG, CODE = "f27", "withdrawn"


def panel(found: OpenedCase) -> Mapping[str, Any] | None:
    """When the request was withdrawn; left out for every other request."""
    return {"on": found.case.ended_on} if _was_withdrawn(found) else None


@with_case
def withdrawal_pdf(found: OpenedCase) -> Response:
    """The form as a download."""
    now = clock.now()
    sheet = forms.sheet(SLUG, settings().organisation.profile, clock.day_in_japan(now))
    case = found.case
    if sheet is None or case.ended_on is None or not _was_withdrawn(found):
        raise NotFound
    look(g.session, case, What.CASE, by=found.actor, at=now, page="withdrawal")
    data = form_sheet.filled(
        sheet,
        _written(found, case),
        day=case.ended_on,
        organisation=settings().organisation,
        sample=settings().sample,
        received=format_wareki(case.ended_on),
        number=case.number,
    )
    return download(data, name=f"{case.number}-{SLUG}.pdf", media_type="application/pdf")


def _was_withdrawn(found: OpenedCase) -> bool:
    """By its sender's own will: one that only counts as withdrawn has no such form."""
    if found.case.state is not State.WITHDRAWN:
        return False
    return any(row.code == CODE for row in history(g.session, found.case, actor=found.actor))


def _written(found: OpenedCase, case: Case) -> form_sheet.Values:
    values = fields(found.key, case)
    agent = {
        "name": values.get(Field.AGENT_NAME),
        "kana": values.get(Field.AGENT_KANA),
        "postal-code": values.get(Field.AGENT_POSTAL_CODE),
        "address": values.get(Field.AGENT_ADDRESS),
        "telephone": values.get(Field.AGENT_TELEPHONE),
    }
    own = {key: values.get(Field(key), "") for key in ("name", "kana", "postal-code", "address", "telephone")}
    return {
        **(own if not agent["name"] else {key: text or "" for key, text in agent.items()}),
        "date": format_wareki(case.ended_on or case.received_on),
        "case-number": case.number,
        "received-on": format_wareki(case.received_on),
        "request-kind": [case.kind.value],
    }
