"""How to follow the public record: feeds, mail, programs."""

from __future__ import annotations

from flask import g, render_template

from content.queries import following
from portal.web.access import public


@public
def follow() -> str:
    """All ways on one page."""
    return render_template("content/follow/follow.html", offered=following.offered(g.session))
