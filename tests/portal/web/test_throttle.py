"""Limits: shared by all processes, by network and by what is tried."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.core import clock
from portal.core.db import Database
from portal.web.throttle import Limit, Window, hit, network, same, sweep
from tests.factories.web import token_in


def tries(client: FlaskClient, *numbers: str, address: str = "192.0.2.1") -> list[int]:
    token = token_in(client.get("/tried").text)
    return [
        client.post(
            "/tried", data={"csrf_token": token, "number": number}, environ_base={"REMOTE_ADDR": address}
        ).status_code
        for number in numbers
    ]


def test_two_processes_count_together(make_app: Callable[[], Flask]) -> None:
    one, other = make_app().test_client(), make_app().test_client()
    assert tries(one, "1", "2") == [200, 200]
    assert tries(other, "3", "4") == [200, 429]


def test_the_same_number_is_limited_from_any_address(client: FlaskClient) -> None:
    assert tries(client, "K-12", address="192.0.2.1") == [200]
    assert tries(client, "k12", address="198.51.100.1") == [200]
    assert tries(client, " Ｋ １２", address="203.0.113.1") == [429]


def test_neighbours_in_a_network_count_as_one(client: FlaskClient) -> None:
    assert tries(client, "1", "2", address="192.0.2.1") == [200, 200]
    assert tries(client, "3", "4", address="192.0.2.200") == [200, 429]


def test_waiting_helps_and_the_page_says_how_long(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    token = token_in(client.get("/tried").text)
    for number in "123":
        client.post("/tried", data={"csrf_token": token, "number": number})
    answer = client.post("/en/tried", data={"csrf_token": token, "number": "4"})
    assert answer.status_code == 429
    assert 590 <= int(answer.headers["Retry-After"]) <= 600
    assert "wait 10 minutes" in answer.text
    later = clock.now() + timedelta(seconds=601)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.post("/tried", data={"csrf_token": token, "number": "4"}).status_code == 200


def test_reading_is_not_limited(client: FlaskClient) -> None:
    assert {client.get("/tried").status_code for _ in range(10)} == {200}


def test_no_address_and_no_number_is_stored(client: FlaskClient, database: Database) -> None:
    tries(client, "12345")
    with database.session(write=False) as session:
        keys = session.scalars(select(Window.key)).all()
    assert len(keys) == 2
    assert all("192" not in key[:3] and "12345" not in key and len(key) == 64 for key in keys)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/56"),
        ("", "unknown"),
        (None, "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_network(address: str | None, expected: str) -> None:
    assert network(address) == expected


def test_spellings_of_one_code_are_the_same() -> None:
    assert same("ＡＢ-Ｏ1 il") == same("ab011 1") == "ab0111"


def test_the_sweep_forgets_old_windows(any_database: Database) -> None:
    now = clock.now()
    with any_database.session(write=True) as session:
        hit(session, "a" * 64, Limit("x", 1, 60), now - timedelta(days=2))
        hit(session, "b" * 64, Limit("x", 1, 60), now)
        sweep(session, now)
        assert session.scalars(select(Window.key)).all() == ["b" * 64]
