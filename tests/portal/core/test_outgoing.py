"""Calls to strangers' addresses never reach our own network."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import Any

import pytest

from portal.core import outgoing
from portal.core.outgoing import CannotCall, is_public, post
from tests.factories.receiver import receiver


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
        "255.255.255.255", "224.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "192.0.2.1",
    ],
)  # fmt: skip
def test_addresses_of_our_own_are_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "203.0.114.1", "2606:4700::1111", "64:ff9b::808:808"])
def test_addresses_of_the_internet_are_not(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://example.jp/", "address"), ("https://user:word@example.jp/", "address"), ("https:///x", "address"),
        ("https://example.jp:99999/", "address"), ("file:///etc/passwd", "address"),
        ("https://127.0.0.1/", "private"), ("https://[::1]/", "private"), ("https://0x7f.1/", "private"),
        ("https://2130706433/", "private"), ("https://localhost/", "private"),
    ],
)  # fmt: skip
def test_what_may_not_be_called_is_not(url: str, problem: str) -> None:
    with pytest.raises(CannotCall) as said:
        post(url, b"{}", {})
    assert said.value.problem == problem


def test_one_private_address_among_many_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(*_about: Any, **_more: Any) -> list[Any]:
        return [(socket.AF_INET, 1, 6, "", (one, 443)) for one in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(outgoing.socket, "getaddrinfo", both)
    with pytest.raises(CannotCall) as said:
        post("https://program.example.jp/", b"{}", {})
    assert said.value.problem == "private"


def test_a_receiver_is_called_and_redirects_are_not_followed() -> None:
    with receiver() as there:
        there.status = 302
        answered = post(f"{there.url}?a=1", b'{"challenge": "x"}', {"webhook-id": "1"}, anywhere=True)
    assert (answered.status, answered.body) == (302, b"x")
    assert [call.path for call in there.calls] == ["/bulletins?a=1"]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_receiver_that_answers_drop_by_drop_is_cut_off(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "TOTAL_SECONDS", 0.3)
    # As TLS these bytes are the head of a long handshake message, as HTTP a line that never ends.
    drops = b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc" if scheme == "https" else b"HTTP/1.1 200 "
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            with server.accept()[0] as connection, contextlib.suppress(OSError):
                connection.sendall(drops)
                for _ in range(200):
                    connection.sendall(b"x")
                    time.sleep(0.02)

        dripping = threading.Thread(target=drip)
        dripping.start()
        with pytest.raises(CannotCall) as said:
            post(f"{scheme}://127.0.0.1:{server.getsockname()[1]}/", b"{}", {}, anywhere=True)
        dripping.join()
    assert said.value.problem == "timeout"


def test_a_receiver_that_is_away_or_silent_is_a_problem_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "TIMEOUT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(CannotCall) as said:
            post(f"http://127.0.0.1:{port}/", b"{}", {}, anywhere=True)
    assert said.value.problem == "timeout"
    with pytest.raises(CannotCall) as gone:
        post(f"http://127.0.0.1:{port}/", b"{}", {}, anywhere=True)
    assert gone.value.problem == "connection"
