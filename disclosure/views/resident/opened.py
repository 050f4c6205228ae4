"""A case that its requester has opened: its key lies in the session, which is sealed under the browser's token.

It closes by itself after 15 minutes without a page and after 60 minutes at most.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import flash, g, redirect, session, url_for
from werkzeug.wrappers import Response

from disclosure.models.case import Case
from disclosure.queries.opening import OpenedCase, resident
from disclosure.views.resident import draft as drafts
from portal.core import clock
from portal.core.vault import CaseKey
from portal.web.access import public
from portal.web.language import _
from portal.web.sessions import to_bytes, to_text

CASE = "case"
IDLE = timedelta(minutes=15)
LONGEST = timedelta(minutes=60)


def remember(opened: OpenedCase) -> None:
    """Begin a new session that holds the case. A draft in progress comes along, a receipt does not."""
    lifted, documents = drafts.lift(), session.get(drafts.DOCUMENTS)
    drafts.web().renew(staff_id=None)
    drafts.put_back(lifted)
    if documents:
        session[drafts.DOCUMENTS] = documents
    now = clock.now().isoformat()
    session[CASE] = {"id": opened.case.id, "key": to_text(opened.key.secret), "opened_at": now, "seen_at": now}


def forget() -> None:
    """Close the case and end the session with everything in it."""
    drafts.web().renew(staff_id=None)


def closes_at() -> datetime:
    """When the opened case closes at the latest."""
    return datetime.fromisoformat(session[CASE]["opened_at"]) + LONGEST


def with_case(view: Callable[..., Any]) -> Any:
    """A page of an opened case: gets it as first argument; whoever has none is asked for number and code."""

    @wraps(view)
    def guarded(**values: Any) -> Any:
        found = _current()
        if isinstance(found, Response):
            return found
        g.actor = found.actor
        return view(found, **values)

    return public(records_look=True)(guarded)


def peek() -> OpenedCase | None:
    """The case that this browser has opened, without touching its session; None when it is closed or too old."""
    kept = session.get(CASE)
    if not kept or _is_over(kept):
        return None
    case = g.session.get(Case, kept["id"])
    if case is None or case.keys is None:
        return None
    return OpenedCase(case, CaseKey(to_bytes(kept["key"])), resident(case))


def _is_over(kept: Mapping[str, str]) -> bool:
    now = clock.now()
    idle = now - datetime.fromisoformat(kept["seen_at"])
    return idle > IDLE or now > datetime.fromisoformat(kept["opened_at"]) + LONGEST


def _current() -> OpenedCase | Response:
    kept = session.get(CASE)
    if not kept:
        return redirect(url_for("disclosure.status"), 303)
    if _is_over(kept):
        session.pop(CASE)
        flash(
            _("For your safety your request was closed after a while. Enter number and code to open it again."), "info"
        )
        return redirect(url_for("disclosure.status"), 303)
    found = peek()
    if found is None:
        session.pop(CASE)
        return redirect(url_for("disclosure.status"), 303)
    session[CASE] = {**kept, "seen_at": clock.now().isoformat()}
    return found
