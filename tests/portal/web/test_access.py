"""Marks on views."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.core.actor import Actor, ActorKind, Role
from portal.core.db import Database
from portal.core.settings import Settings
from portal.web.access import check_marks, requires
from tests.factories.web import toolkit_app


def test_an_unmarked_view_stops_the_start(app: Flask) -> None:
    app.view_functions["loose"] = lambda: "loose"
    with pytest.raises(RuntimeError, match="loose"):
        check_marks(app)


@requires(Role.APPROVER, Role.OFFICER)
def desk() -> str:
    return "desk"


@pytest.mark.parametrize(
    ("roles", "status"),
    [({Role.APPROVER}, 200), ({Role.OFFICER, Role.AUDITOR}, 200), ({Role.AUDITOR}, 403), (set(), 403)],
)
def test_one_of_the_named_roles_is_needed(
    settings: Settings, database: Database, roles: set[Role], status: int
) -> None:
    actor = Actor(ActorKind.STAFF, "1", frozenset(roles))
    app = toolkit_app(settings, database, views={"desk": desk}, find_staff=lambda: actor)
    assert app.test_client().get("/desk").status_code == status


def test_a_post_without_sign_in_leads_to_the_sign_in_page_without_a_way_back(client: FlaskClient) -> None:
    from tests.factories.web import token_in

    token = token_in(client.get("/form").text)
    answer = client.post("/inside", data={"csrf_token": token})
    assert answer.status_code == 302
    assert answer.location == "/staff/sign-in"
