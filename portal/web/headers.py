"""Response headers: one policy for all answers, errors included; cache rules by what the page used."""

from __future__ import annotations

from flask import Flask, Response, g, request

from portal.core import made_by
from portal.core.settings import Settings
from portal.web import freshness, sessions

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "object-src 'none'"
)


def public_cache(settings: Settings) -> str:
    """How long copies of what is public may be shown: while fresh, while a new one is fetched, while the site is down.

    A correction must not hide behind an old copy for long; when the site is down an old copy beats none.
    """
    return (
        f"public, max-age={settings.cache_seconds}, stale-while-revalidate={settings.cache_renewing_seconds}, "
        f"stale-if-error={settings.cache_error_seconds}"
    )


def install(app: Flask, settings: Settings) -> None:
    """Add the headers after every view and error page."""
    for_everybody = public_cache(settings)
    app.config[freshness.MADE_BY] = made_by.mark(settings)

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        if response.status_code != 304:  # the copy that is still good has its own
            headers.setdefault("Content-Security-Policy", POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["X-Frame-Options"] = "DENY"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), interest-cohort=()"
        if settings.secure:
            headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        if request.endpoint == "static":
            if request.args.get("v"):
                headers["Cache-Control"] = "public, max-age=31536000, immutable"
            return response
        personal = sessions.current().used
        if personal or g.get("writes", True) or response.status_code >= 400:
            headers["Cache-Control"] = "no-store"
            headers["Referrer-Policy"] = "no-referrer" if personal else "same-origin"
            return response
        headers.setdefault("Cache-Control", for_everybody)
        if request.method in ("GET", "HEAD") and response.status_code == 200:
            if "no-store" not in headers["Cache-Control"] and not response.is_streamed:
                response.add_etag()
            response.make_conditional(request)
        return response
