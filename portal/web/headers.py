"""Response headers: one policy for all answers, errors included; cache rules by what the page used."""

from __future__ import annotations

from flask import Flask, Response, g, request

from portal.core.settings import Settings
from portal.web import sessions

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "object-src 'none'"
)
# A correction must not hide behind an old copy for long; when the site is down an old copy beats none.
PUBLIC_CACHE = "public, max-age=30, stale-while-revalidate=30, stale-if-error=86400"


def install(app: Flask, settings: Settings) -> None:
    """Add the headers after every view and error page."""

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
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
        elif "Cache-Control" not in headers:
            headers["Cache-Control"] = PUBLIC_CACHE
            if request.method in ("GET", "HEAD") and not response.is_streamed:
                response.add_etag()
                response.make_conditional(request)
        return response
