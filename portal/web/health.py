"""Whether this process lives, and whether it can serve: for a supervisor and a load balancer."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, g, jsonify
from sqlalchemy import text

from portal.web.access import public

blueprint = Blueprint("health", __name__)


@blueprint.after_request
def never_cached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@public
def livez() -> Response:
    """Alive; touches nothing."""
    return jsonify(status="ok")


@public
def readyz() -> tuple[Response, int]:
    """Ready: the database answers and its schema is the one that this code knows."""
    try:
        found = g.session.scalar(text("SELECT version_num FROM alembic_version"))
    except Exception:  # noqa: BLE001, RUF100 - any failure means not ready
        return jsonify(status="database"), 503
    ready = found == current_app.config["SCHEMA_HEAD"]
    return jsonify(status="ok" if ready else "schema"), 200 if ready else 503


blueprint.add_url_rule("/livez", view_func=livez)
blueprint.add_url_rule("/readyz", view_func=readyz)
