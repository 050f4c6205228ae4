"""What somebody opened with number and access code: its key lies in the session, sealed under the browser's token.

It closes by itself after 15 minutes without a page and after 60 minutes at most.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import g, session
from werkzeug.wrappers import Response

from portal.core import clock

IDLE = timedelta(minutes=15)
LONGEST = timedelta(minutes=60)


def hold(slot: str, values: Mapping[str, Any]) -> None:
    """Keep what was just opened in a slot of the session."""
    now = clock.now().isoformat()
    session[slot] = {**values, "opened_at": now, "seen_at": now}


def touch(slot: str) -> None:
    """A page of it was asked for just now."""
    session[slot] = {**session[slot], "seen_at": clock.now().isoformat()}


def closes_at(held: Mapping[str, Any]) -> datetime:
    """When it closes at the latest."""
    return datetime.fromisoformat(held["opened_at"]) + LONGEST


def is_over(held: Mapping[str, Any]) -> bool:
    """Whether it was left alone for too long, or is open for too long."""
    now = clock.now()
    return now - datetime.fromisoformat(held["seen_at"]) > IDLE or now > closes_at(held)


def holding(current: Callable[[], Any], view: Callable[..., Any]) -> Callable[..., Any]:
    """The view with what ``current`` finds opened as first argument, as the actor that it names; else its answer."""

    @wraps(view)
    def guarded(**values: Any) -> Any:
        found = current()
        if isinstance(found, Response):
            return found
        g.actor = found.actor
        return view(found, **values)

    return guarded
