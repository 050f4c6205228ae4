"""Long work before a request's writing transaction begins.

SQLite has one writer at a time: whoever decodes a photo within a transaction that will write keeps everybody else
waiting. So a view can name what is to be done first, in a session that only reads, after the form's token and the
visitor's access were checked. The result is at hand when the view runs; its own session begins after that, and access
is checked again in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, g, request

from portal.core.db import Database
from portal.web import sessions

View = TypeVar("View", bound=Callable[..., Any])
Work = Callable[..., Any]


def prepared_by(work: Work) -> Callable[[View], View]:
    """Have ``work`` done before the view, with its arguments. It should close ``g.session`` before what is long."""

    def mark(view: View) -> View:
        view.prepare = work  # type: ignore[attr-defined]
        return view

    return mark


def work_of(app: Flask) -> Work | None:
    """What has to be done before the view of this request, which then writes."""
    return getattr(app.view_functions.get(request.endpoint or ""), "prepare", None)


def result() -> Any:
    """What the work made, or None when there was none to do."""
    return g.get("prepared")


def install(app: Flask, database: Database, check_access: Callable[[], Any]) -> None:
    """Do the work of marked views; to be installed after the checks of tokens and access."""

    @app.before_request
    def prepare() -> Any:
        work = work_of(app)
        if work is None or not g.writes_after_work:
            return None
        g.prepared = work(**(request.view_args or {}))
        g.session.close()
        sessions.current().reload()
        g.writes, g.session = True, database.open(write=True)
        return check_access()
