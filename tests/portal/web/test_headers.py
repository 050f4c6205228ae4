"""Headers on every answer, whatever its status."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.factories.web import token_in

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def answers(client: FlaskClient) -> dict[int, object]:
    token = token_in(client.get("/form").text)
    found = [
        client.get("/plain"),
        client.post("/form", data={"csrf_token": token}),
        client.post("/form"),
        client.get("/nowhere"),
        client.delete("/plain"),
        client.post("/refuses", data={"csrf_token": token}),
        client.post("/form", data={"csrf_token": token, "text": "x" * 2_000_000}),
        client.get("/breaks"),
        client.get("/form?" + "a" * 10),
    ]
    for _ in range(5):
        found.append(client.post("/tried", data={"csrf_token": token, "number": "1"}))
    return {answer.status_code: answer for answer in found}


def test_every_status_has_the_headers(client: FlaskClient) -> None:
    found = answers(client)
    assert set(found) >= {200, 302, 400, 404, 405, 409, 413, 429, 500}
    for status, answer in found.items():
        headers = answer.headers  # type: ignore[attr-defined]
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'"), status
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "object-src 'none'" in policy
        for name, value in ALWAYS.items():
            assert headers[name] == value, (status, name)
        assert headers["Referrer-Policy"] in ("same-origin", "no-referrer")
        if status >= 400:
            assert headers["Cache-Control"] == "no-store", status


def test_each_error_is_a_page_with_a_heading_and_a_reference(client: FlaskClient) -> None:
    for status, answer in answers(client).items():
        if status >= 400:
            text = answer.text  # type: ignore[attr-defined]
            assert text.count("<h1") == 1, status
            assert '<html lang="ja">' in text, status


def test_a_page_with_a_session_is_never_stored_by_caches(client: FlaskClient) -> None:
    page = client.get("/form")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_leading_to_the_sign_in_page_is_not_cached(client: FlaskClient) -> None:
    answer = client.get("/inside?a=1")
    assert answer.status_code == 302
    assert answer.location == "/staff/sign-in?next=/inside?a%3D1"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_way_back_keeps_the_language(client: FlaskClient) -> None:
    assert client.get("/en/inside").location == "/en/staff/sign-in?next=/en/inside"


def test_health_is_not_cached(client: FlaskClient) -> None:
    answer = client.get("/livez")
    assert answer.json == {"status": "ok"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_unchanged_page_is_answered_with_304(client: FlaskClient) -> None:
    page = client.get("/plain")
    again = client.get("/plain", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


def test_strict_transport_only_behind_tls(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/plain").headers


def test_json_errors_are_problems(client: FlaskClient) -> None:
    answer = client.get("/nowhere.json")
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize(("size", "status"), [(1_900_000, 200), (2_100_000, 413)])
def test_only_marked_views_take_large_bodies(client: FlaskClient, size: int, status: int) -> None:
    token = token_in(client.get("/form").text)
    parts = (
        f'--cut\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        '--cut\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'
    )
    body = parts.encode() + b"x" * size + b"\r\n--cut--\r\n"
    assert client.post("/uploads", data=body, content_type="multipart/form-data; boundary=cut").status_code == status
