"""One log line a request: method, endpoint, status, milliseconds; no path, no query, no address."""

from __future__ import annotations

import structlog
from flask import Flask, Response, g, request

from portal.core import clock, log
from portal.web.errors import reference

# In the WSGI environment of what the application asks itself: a good answer to that is no news.
QUIET = "kaiji.quiet"


def install(app: Flask) -> None:
    """Log every answer under the request's reference number."""

    @app.before_request
    def begin() -> None:
        g.began = clock.monotonic()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=reference())

    @app.after_request
    def end(response: Response) -> Response:
        spent = round((clock.monotonic() - g.get("began", clock.monotonic())) * 1000, 1)
        quiet = QUIET in request.environ and response.status_code < 500
        if not quiet and request.endpoint not in ("static", "health.livez", "health.readyz"):
            log.get().info(
                "request", method=request.method, endpoint=request.endpoint, status=response.status_code, ms=spent
            )
        return response
