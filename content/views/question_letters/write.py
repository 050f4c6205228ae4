"""The addresses at which anybody writes a question letter."""

from __future__ import annotations

from typing import Any

from content.views.question_letters import parts as editor
from content.views.question_letters import sending, writing
from content.views.question_letters.journey import WRITE
from portal.web.access import public
from portal.web.throttle import Limit, throttled

Answer = Any


@public
@throttled(Limit("content.letter-begin", count=60, seconds=3600))
def start() -> Answer:
    """What a letter is."""
    return writing.start(WRITE)


@public
def text() -> Answer:
    """The whole letter."""
    return writing.text(WRITE)


@public
def parts() -> Answer:
    """What it was read as."""
    return editor.parts(WRITE)


@public
def sender() -> Answer:
    """Who sends it."""
    return writing.sender(WRITE)


@public
@throttled(Limit("content.letter-code", count=30, seconds=3600))
def confirm() -> Answer:
    """The address."""
    return writing.confirm(WRITE)


@public
@throttled(Limit("content.letter-send", count=60, seconds=3600))
def check() -> Answer:
    """Look and send."""
    return sending.check(WRITE)


@public
def receipt(key: str) -> Answer:
    """The receipt."""
    return sending.receipt(WRITE, key)


@public
def noted(key: str) -> Answer:
    """The code is noted."""
    return sending.noted(WRITE, key)


@public
def later() -> Answer:
    """The code to go on."""
    return writing.later(WRITE)


@public
def keep() -> Answer:
    """What the script keeps."""
    return writing.keep(WRITE)


@public
def discard() -> Answer:
    """Thrown away."""
    return writing.discard(WRITE)
