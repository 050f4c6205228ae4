"""A small application made of the web toolkit alone, for tests of the toolkit and of single rooms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Flask, Request, current_app
from flask_wtf.csrf import CSRFProtect

from portal.core.actor import Actor
from portal.core.db import Database
from portal.core.settings import Settings
from portal.web import access, edge, errors, headers, health, language, prepared, requests_log, throttle
from portal.web.sessions import ServerSessions

SECRET = b"a secret of tests, of no other use"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
FORM_BYTES = 1_000_000


class SmallRequest(Request):
    """Bodies as the front door limits them."""

    max_form_memory_size = FORM_BYTES
    max_form_parts = 400

    @property
    def max_content_length(self) -> int | None:
        view: Any = current_app.view_functions.get(self.endpoint or "")
        return getattr(view, "max_bytes", FORM_BYTES)

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        raise AttributeError


def toolkit_app(
    settings: Settings,
    database: Database,
    *blueprints: Blueprint,
    views: Mapping[str, Callable[..., Any]] | None = None,
    find_staff: Callable[[], Actor | None] = lambda: None,
) -> Flask:
    """The toolkit installed in the front door's order; ``views`` are added as ``/<name>`` for GET and POST."""
    app = Flask("portal", static_folder="web/static", template_folder="web/templates")
    app.testing = True
    app.request_class = SmallRequest
    app.config.update(
        SECRET_KEY=SECRET,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        SCHEMA_HEAD="",
        PROPAGATE_EXCEPTIONS=False,
    )
    language.install(app)
    requests_log.install(app)
    errors.install(app)
    edge.install(app, database, ServerSessions(settings))
    throttle.install(app, database, SECRET)
    CSRFProtect().init_app(app)
    prepared.install(app, database, access.install(app, find_staff))
    headers.install(app, settings)
    app.view_functions["static"] = access.public(app.view_functions["static"])
    app.register_blueprint(health.blueprint)
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    for name, view in (views or {}).items():
        app.add_url_rule(f"/{name}", name, view, methods=["GET", "POST"])
    organisation = settings.organisation
    app.jinja_env.globals.update(
        config_view={
            "organisation": organisation.name,
            "organisation_en": organisation.name_en,
            "sample": settings.sample,
            "surface": settings.surface.value,
            "contact": organisation,
        },
        endpoint_exists=lambda name: name in app.view_functions,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    access.check_marks(app)
    return app


def token_in(html: str) -> str:
    """The CSRF token of the first form on a page."""
    found = TOKEN.search(html)
    assert found, "no form with a token on this page"
    return found.group(1)
