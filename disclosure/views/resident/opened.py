"""A case that its requester has opened; see :mod:`portal.web.opened`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import flash, g, redirect, session, url_for
from werkzeug.wrappers import Response

from disclosure.models.case import Case
from disclosure.queries.opening import OpenedCase, resident
from disclosure.views.resident import draft as drafts
from portal.core.vault import CaseKey
from portal.web import opened as openings
from portal.web.access import public
from portal.web.language import _
from portal.web.sessions import to_bytes, to_text

CASE = "case"


def remember(opened: OpenedCase) -> None:
    """Begin a new session that holds the case. A draft in progress comes along, a receipt does not."""
    lifted, documents = drafts.lift(), session.get(drafts.DOCUMENTS)
    drafts.web().renew(staff_id=None)
    drafts.put_back(lifted)
    if documents:
        session[drafts.DOCUMENTS] = documents
    openings.hold(CASE, {"id": opened.case.id, "key": to_text(opened.key.secret)})


def forget() -> None:
    """Close the case and end the session with everything in it."""
    drafts.web().renew(staff_id=None)


def closes_at() -> datetime:
    """When the opened case closes at the latest."""
    return openings.closes_at(session[CASE])


def with_case(view: Callable[..., Any]) -> Any:
    """A page of an opened case: gets it as first argument; whoever has none is asked for number and code."""
    return public(records_look=True)(openings.holding(_current, view))


def peek() -> OpenedCase | None:
    """The case that this browser has opened, without touching its session; None when it is closed or too old."""
    kept = session.get(CASE)
    if not kept or openings.is_over(kept):
        return None
    case = g.session.get(Case, kept["id"])
    if case is None or case.keys is None:
        return None
    return OpenedCase(case, CaseKey(to_bytes(kept["key"])), resident(case))


def _current() -> OpenedCase | Response:
    kept = session.get(CASE)
    if not kept:
        return redirect(url_for("disclosure.status"), 303)
    if openings.is_over(kept):
        session.pop(CASE)
        flash(
            _("For your safety your request was closed after a while. Enter number and code to open it again."), "info"
        )
        return redirect(url_for("disclosure.status"), 303)
    found = peek()
    if found is None:
        session.pop(CASE)
        return redirect(url_for("disclosure.status"), 303)
    openings.touch(CASE)
    return found
