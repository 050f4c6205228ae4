"""Forms that come from elsewhere are refused in plain words."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.web import token_in


def sent(client: FlaskClient) -> int:
    return int(client.get("/keep").json.get("sent", 0))  # type: ignore[union-attr]


@pytest.mark.parametrize("token", [None, "", "wrong", "’’’", "a.b.c"])
def test_a_form_without_a_good_token_gets_a_friendly_page(client: FlaskClient, token: str | None) -> None:
    client.get("/form")
    answer = client.post("/en/form", data={} if token is None else {"csrf_token": token})
    assert answer.status_code == 400
    assert "Nothing was saved" in answer.text
    assert sent(client) == 0


def test_a_token_of_another_browser_is_refused(app: Flask) -> None:
    mine, theirs = app.test_client(), app.test_client()
    token = token_in(theirs.get("/form").text)
    mine.get("/form")
    assert mine.post("/form", data={"csrf_token": token}).status_code == 400


def test_a_token_without_its_cookie_is_refused(app: Flask) -> None:
    token = token_in(app.test_client().get("/form").text)
    assert app.test_client().post("/form", data={"csrf_token": token}).status_code == 400


def test_a_post_from_another_site_is_refused_even_with_a_token(client: FlaskClient) -> None:
    token = token_in(client.get("/form").text)
    answer = client.post("/form", data={"csrf_token": token}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert sent(client) == 0


def test_a_good_form_goes_through(client: FlaskClient) -> None:
    token = token_in(client.get("/form").text)
    assert (
        client.post("/form", data={"csrf_token": token}, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 302
    )
    assert sent(client) == 1
