"""A letter that its sender has opened; see :mod:`portal.web.opened`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, session, url_for
from werkzeug.wrappers import Response

from content.queries.question_letters.sender_room import OpenedLetter, opened_letter
from portal.core.vault import CaseKey
from portal.web import opened as openings
from portal.web.access import public
from portal.web.language import _
from portal.web.sessions import current, to_bytes, to_text

SLOT = "letter.mine"


def remember(opened: OpenedLetter) -> None:
    """Hold the letter in this browser's session: a new one, unless forms and receipts are kept in the present one."""
    if not session:
        current().renew(staff_id=None)
    openings.hold(SLOT, {"key": opened.letter.key, "secret": to_text(opened.key.secret)})


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
    return public(openings.holding(_current, view))


def is_open() -> bool:
    """Whether a letter is open in this browser."""
    held = session.get(SLOT)
    return held is not None and not openings.is_over(held)


def _current() -> OpenedLetter | Response:
    held = session.get(SLOT)
    if held and not openings.is_over(held):
        found = opened_letter(g.session, held["key"], CaseKey(to_bytes(held["secret"])))
        if found is not None:
            openings.touch(SLOT)
            return found
    if held:
        session.pop(SLOT)
        flash(
            _("For your safety your letter was closed after a while. Enter number and code to open it again."), "info"
        )
    return redirect(url_for("content.letter_mine"), 303)
