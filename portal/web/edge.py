"""The edge of a request: one database session, one commit, then the answer. A failed commit is an error page.

GET requests read through a session that cannot write. Pages that show personal data record the look, so their
marks ask for a writing one. Before long work the writing session waits until the work is done.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, g, get_flashed_messages, request

from portal.core.actor import PUBLIC
from portal.core.db import Database
from portal.web import prepared, sessions
from portal.web.access import access_of
from portal.web.sessions import ServerSessions

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def install(app: Flask, database: Database, store: ServerSessions) -> None:
    """Bind the edge; must be installed before everything else that uses ``g.session``."""
    app.session_interface = store
    app.jinja_env.globals["get_flashed_messages"] = messages

    @app.before_request
    def open_session() -> None:
        access = access_of(app, request.endpoint)
        g.actor = PUBLIC
        writes = request.method not in SAFE or (access is not None and access.writes)
        g.writes_after_work = writes and prepared.work_of(app) is not None
        g.writes = writes and not g.writes_after_work
        g.session = database.open(write=g.writes)

    @app.after_request
    def commit(response: Response) -> Response:
        if "session" not in g:
            return response
        web = sessions.current()
        to_store, stored = response.status_code < 500 and web.to_store, False
        if g.writes and response.status_code < 400:
            if to_store:
                web.write(g.session)
                stored = True
            g.session.commit()
        else:
            g.session.rollback()
            if to_store and not web.renewed:
                with database.session(write=True) as own:
                    stored = web.write_apart(own)
        if stored and web.token_is_new:
            store.set_cookie(response, web)
        return response

    @app.teardown_request
    def close(_error: BaseException | None) -> None:
        if "session" in g:
            g.session.close()


def messages(*args: Any, **kwargs: Any) -> Any:
    """Messages from the request before, on pages that use the session anyway: the others stay cacheable."""
    return get_flashed_messages(*args, **kwargs) if sessions.current().used else []
