"""The requester's own case: every step, the clock, what can be done, who looked."""

from __future__ import annotations

from typing import Any

from flask import g, render_template
from werkzeug.wrappers import Response

from disclosure.forms.resident.questions import DELIVERIES, FORMATS, label
from disclosure.forms.resident.record_kinds import RECORDS
from disclosure.operations import look
from disclosure.operations.look import What
from disclosure.queries.clock import RunningClock
from disclosure.queries.history import Happening
from disclosure.queries.opening import OpenedCase
from disclosure.queries.status import Progress, status
from disclosure.queries.wording import way
from disclosure.rules.kinds import RECORDS as NAMES
from disclosure.rules.states import Action
from disclosure.views.resident import opened, panels
from disclosure.views.resident.explained import afterwards, steps, words
from disclosure.views.resident.opened import with_case
from portal.core import clock
from portal.core.actor import ActorKind
from portal.web.downloads import download
from portal.web.language import _, _l, choose

ROLES = {
    "reception": _l("Reception"),
    "officer": _l("Officer"),
    "approver": _l("Approver"),
    "publisher": _l("Publisher"),
    "auditor": _l("Auditor"),
    "administrator": _l("Administrator"),
}
LOOKED_AT = {
    "case": _l("The case"),
    "status": _l("This page"),
    "file": _l("A file"),
    "letter": _l("The letter"),
    "draft": _l("The draft of the letter"),
    "export": _l("A copy of everything"),
    "address": _l("The protected address"),
}
STEP_STATES = {
    Progress.DONE: "done", Progress.NOW: "current", Progress.SKIPPED: "done", Progress.AHEAD: "todo",
}  # fmt: skip


@with_case
def case(found: OpenedCase) -> str:
    """The page, recorded as a look."""
    now = clock.now()
    look.look(g.session, found.case, What.STATUS, by=found.actor, at=now)
    shown = status(g.session, found, today=clock.day_in_japan(now))
    loaded = panels.panels(found)
    return render_template(
        "disclosure/case.html",
        status=shown,
        action=Action,
        steps=[(_(stage.label), STEP_STATES[stage.progress]) for stage in shown.stages],
        clocks=[_clock(row) for row in shown.clocks],
        ways={letter.id: words(*way(letter.way)) for letter in shown.letters},
        events=[_event(row) for row in reversed(shown.history)],
        looks=[(row.at, _who(row.kind, row.roles), str(LOOKED_AT.get(row.what, row.what))) for row in shown.looks],
        records=label(RECORDS, shown.records) if shown.records.personal else choose(NAMES[shown.records], "short"),
        delivery=label(DELIVERIES, shown.delivery),
        format=label(FORMATS, shown.format),
        closes_at=opened.closes_at(),
        panels=loaded,
        asked=any(panel.get("asks") for _template, panel in loaded),
    )


@with_case
def case_file(found: OpenedCase, file_id: str) -> Response:
    """One's own file, or a disclosed record, as a download."""
    row, data = look.read_file(g.session, found.case, file_id, key=found.key, by=found.actor, at=clock.now())
    ending = {"image/jpeg": "jpg", "image/png": "png"}.get(row.media_type, "pdf")
    return download(
        data, name=f"{found.case.number}-{row.kind.value}-{row.position}.{ending}", media_type=row.media_type
    )


def _clock(row: RunningClock) -> dict[str, Any]:
    if not row.running:
        left, tone = "", "neutral"
    elif row.due.paused:
        left, tone = _("The clock stands still until your answer arrives."), "warning"
    elif row.days_left < 0:
        left, tone = _("Late by %(days)s days", days=-row.days_left), "danger"
    else:
        left, tone = _("Days left: %(days)s", days=row.days_left), "info"
    return {
        "title": choose(row, "label"),
        "due": row.due.binding_on,
        "left": left,
        "tone": tone,
        "steps": steps(row.due),
        "afterwards": afterwards(row.due) if row.running and row.days_left < 0 else [],
        "running": row.running,
        "paused": row.due.paused,
    }


def _event(row: Happening) -> dict[str, Any]:
    return {"day": clock.day_in_japan(row.at), "title": words(row.message, row.params), "tone": "", "tag": ""}


def _who(kind: str, roles: tuple[str, ...]) -> str:
    if kind == ActorKind.RESIDENT:
        return _("You")
    if kind == ActorKind.STAFF:
        return _("Staff: %(roles)s", roles="・".join(str(ROLES.get(role, role)) for role in roles) or "–")
    return _("The system")
