"""The front page."""

from __future__ import annotations

from flask import g, render_template

from content.queries import figures, incidents, letters, systems
from portal.core import clock
from portal.web.access import public


@public
def home() -> str:
    """How things stand, what happened last, and what one can do here."""
    today = clock.day_in_japan(clock.now())
    states = systems.states(g.session)
    return render_template(
        "content/home.html",
        states=states,
        affected=[state for state in states if state.open],
        latest=incidents.latest(g.session, 5),
        total=incidents.count(g.session),
        letters=letters.letters(g.session, today=today),
        figures=figures.figures(g.session),
    )
