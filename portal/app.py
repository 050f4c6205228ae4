"""The front door: builds the application, one step a function; the only module that knows all rooms."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import IO, Any
from urllib.parse import parse_qsl

from flask import Flask, Request, current_app, g, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.datastructures import MultiDict
from werkzeug.formparser import FormDataParser
from werkzeug.middleware.proxy_fix import ProxyFix

import content.blueprint
import disclosure.blueprint
import discrepancy.blueprint
import portal.accounts.blueprint
import portal.letters.blueprint
import search.blueprint
from portal import schema, services
from portal.accounts.signed_in import find_staff
from portal.core import log
from portal.core.settings import Settings, Surface
from portal.web import access, edge, errors, headers, health, language, parts, prepared, requests_log, throttle
from portal.web.sessions import ServerSessions
from portal.web.site import Site

FORM_BYTES = 1_000_000
Parsed = tuple[IO[bytes], MultiDict[str, Any], MultiDict[str, Any]]
csrf = CSRFProtect()


class PlainFormParser(FormDataParser):
    """Marks bytes that are no UTF-8 as such, as the parser of uploads does; by itself it would keep them as ``%FF``."""

    def _parse_urlencoded(self, stream: IO[bytes], *_about: Any) -> Parsed:
        items = parse_qsl(stream.read().decode("utf-8", "replace"), keep_blank_values=True, errors="replace")
        return stream, self.cls(items), self.cls()


class LimitedRequest(Request):
    """Bodies are small unless a view is marked for uploads."""

    form_data_parser_class = PlainFormParser
    max_form_memory_size = FORM_BYTES
    max_form_parts = 400

    @property
    def max_content_length(self) -> int | None:
        view: Any = current_app.view_functions.get(self.endpoint or "")
        return getattr(view, "max_bytes", FORM_BYTES)

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        raise AttributeError("Mark the view with @accepts_uploads instead.")


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application for these settings (by default the environment's)."""
    settings = settings or Settings.from_env()
    log.configure(settings.log_level)
    building = services.build(settings)
    app = Site("portal", static_folder="web/static", template_folder="web/templates")
    app.request_class = LimitedRequest
    app.extensions["kaiji"] = building
    _configure(app, building)
    _install_toolkit(app, building)
    _install_rooms(app, settings)
    _install_templates(app, settings)
    access.check_marks(app)
    return app


def _configure(app: Flask, building: services.Services) -> None:
    app.config.update(
        SECRET_KEY=building.web_secret,
        WTF_CSRF_TIME_LIMIT=None,  # the session's own lifetime governs
        WTF_CSRF_SSL_STRICT=False,  # browsers send no Referer from our pages; SameSite and the token hold
        SCHEMA_HEAD=schema.head(),
        PROPAGATE_EXCEPTIONS=False,
    )
    proxies = building.settings.trusted_proxies
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]


def _install_toolkit(app: Flask, building: services.Services) -> None:
    language.install(app)
    parts.install(app)
    requests_log.install(app)
    errors.install(app)
    edge.install(app, building.database, ServerSessions(building.settings))
    throttle.install(app, building.database, building.web_secret)
    csrf.init_app(app)
    csrf.exempt("content.views.mail_following.leave_at_once")  # called by mail programs; its address is the secret
    prepared.install(app, building.database, access.install(app, find_staff))
    headers.install(app, building.settings)
    app.view_functions["static"] = access.public(app.view_functions["static"])


def _install_rooms(app: Flask, settings: Settings) -> None:
    public = settings.surface in (Surface.PUBLIC, Surface.ALL)
    staff = settings.surface in (Surface.STAFF, Surface.ALL)
    app.register_blueprint(health.blueprint)
    if public:
        for room in (content.blueprint, search.blueprint, disclosure.blueprint, portal.letters.blueprint):
            app.register_blueprint(room.public_blueprint)
    if staff:
        for desk in (
            portal.accounts.blueprint,
            content.blueprint,
            search.blueprint,
            disclosure.blueprint,
            discrepancy.blueprint,
        ):
            app.register_blueprint(desk.staff_blueprint)
        app.register_blueprint(discrepancy.blueprint.blueprint)


def _install_templates(app: Flask, settings: Settings) -> None:
    folder = Path(app.static_folder or "")

    @lru_cache(maxsize=200)
    def version(name: str) -> str:
        path = folder / name
        return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else ""

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and (found := version(values.get("filename", ""))):
            values["v"] = found

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
        current_endpoint=lambda: request.endpoint or "",
        current_actor=lambda: g.get("actor"),
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
