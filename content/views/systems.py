"""Systems: the list and a system."""

from __future__ import annotations

from flask import g, render_template

from content.queries import systems
from portal.web.access import public


@public
def list_all() -> str:
    """All systems with their present state."""
    return render_template("content/systems.html", states=systems.states(g.session))


@public
def show(key: str) -> str:
    """One system."""
    return render_template("content/system.html", page=systems.system_page(g.session, key))
