"""Question letters: the list and a letter."""

from __future__ import annotations

from flask import g, render_template

from content.queries import letters
from portal.core import clock
from portal.web.access import public


@public
def list_all() -> str:
    """All letters."""
    today = clock.day_in_japan(clock.now())
    return render_template("content/letters.html", letters=letters.letters(g.session, today=today))


@public
def show(key: str) -> str:
    """One letter with its answers."""
    today = clock.day_in_japan(clock.now())
    return render_template("content/letter.html", page=letters.letter_page(g.session, key, today=today))
