"""The edge of a request: one database session, one commit, then the answer. A failed commit is an error page.

GET requests read through a session that cannot write. Pages that show personal data record the look, so their
marks ask for a writing one.
"""

from __future__ import annotations

from flask import Flask, Response, g, request, session

from portal.core.db import Database
from portal.web.access import access_of
from portal.web.sessions import ServerSessions, WebSession

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def install(app: Flask, database: Database, store: ServerSessions) -> None:
    """Bind the edge; must be installed before everything else that uses ``g.session``."""
    app.session_interface = store

    @app.before_request
    def open_session() -> None:
        access = access_of(app, request.endpoint)
        g.writes = request.method not in SAFE or (access is not None and access.writes)
        g.session = database.open(write=g.writes)

    @app.after_request
    def commit(response: Response) -> Response:
        web = session._get_current_object()  # type: ignore[attr-defined]
        if "session" not in g or not isinstance(web, WebSession):
            return response
        good = response.status_code < 400
        if web.used and g.writes and good and (web.changed or web.stale):
            web.write(g.session)
        if g.writes and good:
            g.session.commit()
        else:
            g.session.rollback()
        if web.used and not (g.writes and good) and web.changed and response.status_code < 500:
            _write_apart(database, web)
        if web.used and web.changed:
            store.set_cookie(response, web)
        return response

    @app.teardown_request
    def close(_error: BaseException | None) -> None:
        if "session" in g:
            g.session.close()


def _write_apart(database: Database, web: WebSession) -> None:
    """Store a session that a reading or refused request changed: a form's token, a message."""
    with database.session(write=True) as own:
        if web.row is not None:
            web.row = own.merge(web.row)
        web.write(own)
