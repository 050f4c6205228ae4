"""A letter that its sender has opened: its key lies in the session, which is sealed under the browser's token.

It closes by itself after 15 minutes without a page and after 60 minutes at most.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import flash, g, redirect, session, url_for
from werkzeug.wrappers import Response

from content.queries.question_letters.sender_room import OpenedLetter, opened_letter
from portal.core import clock
from portal.core.vault import CaseKey
from portal.web.access import public
from portal.web.language import _
from portal.web.sessions import current, to_bytes, to_text

SLOT = "letter.mine"
IDLE = timedelta(minutes=15)
LONGEST = timedelta(minutes=60)


def remember(opened: OpenedLetter) -> None:
    """Hold the letter in this browser's session: a new one, unless forms and receipts are kept in the present one."""
    if not session:
        current().renew(staff_id=None)
    now = clock.now().isoformat()
    key = to_text(opened.key.secret)
    session[SLOT] = {"key": opened.letter.key, "secret": key, "opened_at": now, "seen_at": now}


def forget() -> None:
    """Close the letter."""
    session.pop(SLOT, None)


def keep(name: str, value: Any) -> None:
    """Keep a value beside the opened letter; it goes with it."""
    session[SLOT] = {**session[SLOT], name: value}


def kept(name: str) -> Any:
    """A value that was kept beside the opened letter, or None."""
    return session[SLOT].get(name)


def with_letter(view: Callable[..., Any]) -> Any:
    """A page of an opened letter: gets it as first argument; whoever has none is asked for number and code."""

    @wraps(view)
    def guarded(**values: Any) -> Any:
        found = _current()
        if isinstance(found, Response):
            return found
        g.actor = found.actor
        return view(found, **values)

    return public(guarded)


def is_open() -> bool:
    """Whether a letter is open in this browser."""
    held = session.get(SLOT)
    return held is not None and not _is_over(held)


def _is_over(held: Mapping[str, str]) -> bool:
    now = clock.now()
    idle = now - datetime.fromisoformat(held["seen_at"])
    return idle > IDLE or now > datetime.fromisoformat(held["opened_at"]) + LONGEST


def _current() -> OpenedLetter | Response:
    held = session.get(SLOT)
    if held and not _is_over(held):
        found = opened_letter(g.session, held["key"], CaseKey(to_bytes(held["secret"])))
        if found is not None:
            session[SLOT] = {**held, "seen_at": clock.now().isoformat()}
            return found
    if held:
        session.pop(SLOT)
        flash(
            _("For your safety your letter was closed after a while. Enter number and code to open it again."), "info"
        )
    return redirect(url_for("content.letter_mine"), 303)
