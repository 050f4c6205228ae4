"""Error pages: what happened, what to do next, and a reference number that the log has too."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from portal.core import log
from portal.core.errors import KaijiError, TooMany
from portal.web.language import _, _l

API = "/api/"
PAGES = frozenset({400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503})
EXPIRED = _l("This form is no longer valid. Please go back, reload the page and send it again. Nothing was saved.")
CHANGED = _l("Somebody else changed this case in the meantime. Please look at it again, then repeat your step.")


def reference() -> str:
    """The number of this request, shown to the reader and written to the log."""
    if "reference" not in g:
        g.reference = secrets.token_hex(4).upper()
    return str(g.reference)


def problem(status: int, message: str = "", **more: Any) -> Response:
    """What went wrong for programs (RFC 9457), with members of our own; ``instance`` is the number of this request."""
    said = {"detail": message} if message else {}
    body = jsonify(type="about:blank", title=http_phrase(status), status=status, instance=reference(), **said, **more)
    response = make_response(body, status)
    response.content_type = "application/problem+json"
    return response


def http_phrase(status: int) -> str:
    """The name of a status."""
    return HTTP_STATUS_CODES.get(status, "Error")


def page(status: int, message: str = "") -> Response:
    """An error page in the page's language, or problem+json where data were asked for."""
    if request.path.endswith(".json") or request.path.startswith(API):
        return problem(status, message)
    template = f"errors/{status if status in PAGES else 500 if status >= 500 else 400}.html"
    return make_response(render_template(template, message=message, reference=reference()), status)


def install(app: Flask) -> None:
    """Register the handlers."""

    @app.errorhandler(KaijiError)
    def known(error: KaijiError) -> Response:
        response = page(error.status, _(error.message, **error.params))
        if isinstance(error, TooMany):
            response.headers["Retry-After"] = str(error.retry_after)
        return response

    @app.errorhandler(CSRFError)
    def expired(_error: CSRFError) -> Response:
        return page(400, str(EXPIRED))

    @app.errorhandler(StaleDataError)
    def overtaken(_error: StaleDataError) -> Response:
        return page(409, str(CHANGED))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Any:
        if error.code is not None and error.code < 400:
            return error
        if isinstance(getattr(error, "original_exception", None), StaleDataError):
            return page(409, str(CHANGED))
        response = page(error.code or 500)
        if error.code == 405 and getattr(error, "valid_methods", None):
            response.headers["Allow"] = ", ".join(error.valid_methods)  # type: ignore[attr-defined]
        return response

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> Response:
        _log(error)
        if app.testing and app.config.get("PROPAGATE"):
            raise error
        if "session" in g:
            g.session.rollback()
        return page(500)

    # Flask's own line for errors outside a view (a failed commit) would quote the path and the error's message.
    app.log_exception = lambda exc_info: _log(exc_info[1])  # type: ignore[method-assign]


def _log(error: BaseException | None) -> None:
    where = _where(error) if error is not None else ""
    log.get().error("request.failed", reference=reference(), endpoint=request.endpoint, error=where, status=500)


def _where(error: BaseException) -> str:
    """The error's kind and place without its message, which may quote what somebody typed."""
    place, trace = "", error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        place, trace = f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}", trace.tb_next
    return f"{type(error).__name__} at {place}"
