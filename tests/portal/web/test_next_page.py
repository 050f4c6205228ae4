"""Only pages of this site may follow the sign-in page."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.web.next_page import local_page


@pytest.mark.parametrize("address", ["/plain", "/plain?q=a&b=%E3%82%B5", "/en/plain", "/form#part"])
def test_pages_here_are_taken(app: Flask, address: str) -> None:
    with app.test_request_context("/"):
        assert local_page(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "plain",
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n//evil.example",
        "http:/plain",
        "javascript:alert(1)",
        "data:text/html,x",
        "/nowhere",
        "/en//evil.example",
        "//localhost/plain",
        "/plain\r\nSet-Cookie: a=b",
        "/static/css/base.css",
        "/ plain",
        "/" + "a" * 3000,
        "http://[::1",
        "//[::1",
        "/@evil.example",
        "/plain\u2028",
        "/%2f%2fevil.example",
        "/en/en/plain",
    ],
)
def test_everything_else_is_not(app: Flask, address: str | None) -> None:
    with app.test_request_context("/"):
        assert local_page(address) is None
