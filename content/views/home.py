"""The front page."""

from flask import render_template

from portal.web.access import public


@public
def home() -> str:
    """What the site is and where to go."""
    return render_template("content/home.html")
