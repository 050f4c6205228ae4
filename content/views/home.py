"""The front page."""

from __future__ import annotations

from flask import g, render_template

from content.queries import figures, incidents, maintenance, systems
from content.queries.question_letters import lists
from portal.core import clock
from portal.web.access import public


@public
def home() -> str:
    """How things stand, what happened last, and what one can do here."""
    now = clock.now()
    today = clock.day_in_japan(now)
    states = systems.states(g.session, at=now)
    return render_template(
        "content/home.html",
        states=states,
        affected=[state for state in states.systems if state.affected],
        planned=maintenance.planned(g.session, at=now),
        latest=incidents.latest(g.session, 5),
        total=incidents.count(g.session),
        newest=lists.newest(g.session),
        asked=lists.standing_now(g.session, today=today),
        today=today,
        figures=figures.figures(g.session),
    )
