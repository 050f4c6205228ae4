"""The pages that always stand: procedure, about, accessibility, privacy."""

from __future__ import annotations

from flask import g, render_template

from content.queries import revision
from portal.web.access import public


@public
def procedure() -> str:
    """How to request one's own records."""
    return render_template("content/procedure.html")


@public
def about() -> str:
    """What this site is, where its facts come from, how it is corrected, how it may be reused."""
    return render_template("content/about.html", revision=revision.current(g.session))


@public
def accessibility() -> str:
    """The accessibility policy."""
    return render_template("content/accessibility.html")


@public
def privacy() -> str:
    """What happens with personal information."""
    return render_template("content/privacy.html")
