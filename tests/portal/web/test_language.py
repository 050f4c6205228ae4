"""Languages by address, and the switch between them."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.web.language import gettext, lazy_gettext, other_language_url


def switch(page: str) -> str:
    found = re.search(r'<a class="language" href="([^"]*)"', page)
    assert found
    return found.group(1).replace("&amp;", "&")


def test_a_text_has_places_of_any_name() -> None:
    assert gettext("%(row)s: %(message)s", row=3, message="!") == "3: !"
    assert str(lazy_gettext("%(message)s", message="!")) == "!"


def test_the_prefix_chooses_the_language(client: FlaskClient) -> None:
    assert '<html lang="ja">' in client.get("/plain").text
    assert '<html lang="en">' in client.get("/en/plain").text


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/plain", "/en/plain"),
        ("/en/plain", "/plain"),
        ("/plain?q=%E3%82%B5&page=2", "/en/plain?q=%E3%82%B5&page=2"),
        ("/en/plain?q=a%26b", "/plain?q=a%26b"),
    ],
)
def test_the_switch_keeps_the_page_and_the_query(client: FlaskClient, here: str, there: str) -> None:
    page = client.get(here).text
    assert switch(page) == there
    assert client.get(there).status_code == 200


@pytest.mark.parametrize(
    "path", ["//evil.example/x", "/en//evil.example/x", "/\\evil.example", "/en/\\evil.example", "/%2F/evil.example"]
)
def test_the_switch_never_leads_to_another_site(app: Flask, path: str) -> None:
    page = app.test_client().get(path, base_url="http://localhost")
    if page.status_code == 404:
        address = switch(page.text)
        assert address.startswith("/")
        assert not address.startswith(("//", "/\\"))


def test_odd_characters_in_a_path_stay_in_the_path(app: Flask) -> None:
    with app.test_request_context("/a%3Fb%23c%20d"):
        app.preprocess_request()
        assert other_language_url("en") == "/en/a%3Fb%23c%20d"
