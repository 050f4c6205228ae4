"""What a bundle of the record adds to its pages: a note that it is a copy, and the page of its search."""

from __future__ import annotations

from flask import Flask, g, render_template

from content.operations.export_bundle import Dress, State
from content.rules.written import LANGUAGES
from portal.core.calendar import JAPAN
from portal.web.language import KEY


def dresses(app: Flask, state: State, years: list[str]) -> dict[str, Dress]:
    """Both in every language, by its prefix."""
    return {prefix: _dress(app, prefix, state, years) for prefix in LANGUAGES}


def _dress(app: Flask, prefix: str, state: State, years: list[str]) -> Dress:
    environ = {"SCRIPT_NAME": prefix, KEY: prefix.strip("/") or "ja"}
    with app.test_request_context("/search", base_url=state.origin, environ_overrides=environ):
        app.preprocess_request()
        moment = f"{state.as_of.astimezone(JAPAN):%Y-%m-%d %H:%M}"
        about = {"moment": moment, "origin": state.origin, "home": f"{state.origin}{prefix}/"}
        note = render_template("content/bundle/note.html", **about)
        search = render_template("content/bundle/search.html", years=[*years, "0000"], language=g.language)
    return Dress(note, search.replace('<header class="site-header">', note + '<header class="site-header">', 1))
