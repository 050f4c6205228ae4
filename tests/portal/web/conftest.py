"""Small views that show what the toolkit does around a view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, flash, g, redirect, render_template_string, request, session, url_for
from flask.testing import FlaskClient
from sqlalchemy import text

from portal.core.db import Database
from portal.core.errors import Conflict
from portal.core.jobs import Job
from portal.core.settings import Settings
from portal.web.access import public, requires
from portal.web.forms import Form
from portal.web.throttle import Limit, throttled
from portal.web.uploads import accepts_uploads
from tests.factories.web import toolkit_app

FORM_PAGE = """{% extends "layout.html" %}{% block content %}<h1>Form</h1>
<form method="post">{{ form.csrf_token }}<button type="submit">Send</button></form>{% endblock %}"""
PLAIN_PAGE = """{% extends "layout.html" %}{% block content %}<h1>Plain</h1>{% endblock %}"""
JOB = (
    "INSERT INTO job (id, kind, payload, state, due_at, tries, created_at, last_error) "
    "VALUES (:id, 'test', '{}', 'queued', '2026-04-01', 0, '2026-04-01', '')"
)


@public
def plain() -> str:
    return render_template_string(PLAIN_PAGE)


@public
def form() -> Any:
    made = Form()
    if made.validate_on_submit():
        session["sent"] = session.get("sent", 0) + 1
        flash("It has arrived.", "success")
        return redirect(url_for("form"))
    return render_template_string(FORM_PAGE, form=made)


@public
def keep() -> Any:
    """Keeps the query's values in the session, on GET too."""
    for name, value in request.args.items():
        session[name] = value
    return dict(session)


@public
def writes() -> str:
    """Writes business data on whatever method."""
    g.session.execute(text(JOB), {"id": request.args.get("id", "one")})
    return "written"


@public
def doubled() -> Any:
    """Leaves two rows with the same key for the commit to refuse."""
    from datetime import UTC, datetime

    Form().validate_on_submit()
    at = datetime(2026, 4, 1, tzinfo=UTC)
    g.session.add(Job(id="x", kind="k", key="same", payload={}, state="queued", due_at=at, created_at=at, tries=0))
    g.session.flush()
    g.session.add(Job(id="y", kind="k", key="same", payload={}, state="queued", due_at=at, created_at=at, tries=0))
    session["sent"] = "yes"
    return redirect("/plain")


@public
def breaks() -> str:
    raise ValueError("山田太郎 must appear in no answer and no log")


@public
def refuses() -> str:
    session["draft"] = "kept"
    g.session.execute(text(JOB), {"id": "refused"})
    raise Conflict


@public
@throttled(Limit("tests", count=3, seconds=600), Limit("tests", count=2, seconds=600, field="number"))
def tried() -> Any:
    made = Form()
    return render_template_string(FORM_PAGE, form=made)


@public
@accepts_uploads(2_000_000)
def uploads() -> str:
    return str(len(request.files["file"].read()))


@requires()
def inside() -> str:
    return "inside"


VIEWS: dict[str, Callable[..., Any]] = {
    view.__name__: view for view in (plain, form, keep, writes, doubled, breaks, refuses, tried, uploads, inside)
}


@public
def sign_in() -> str:
    return "sign in"


@pytest.fixture
def make_app(settings: Settings, database: Database) -> Callable[[], Flask]:
    """Makes an application over the test's database; each one stands for a process of its own."""

    def make() -> Flask:
        app = toolkit_app(settings, database, views=VIEWS)
        app.add_url_rule("/staff/sign-in", "accounts.sign_in", sign_in)
        return app

    return make


@pytest.fixture
def app(make_app: Callable[[], Flask]) -> Flask:
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
