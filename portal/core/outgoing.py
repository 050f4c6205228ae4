"""Calls to addresses that strangers name: never into our own network, never following where an answer leads.

The name is resolved here, each of its addresses is looked at, and the connection goes to an address that was looked
at; a second answer of the name server cannot lead elsewhere. Answers are read in part and kept nowhere.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

TIMEOUT_SECONDS = 8
# A receiver that answers drop by drop is cut off.
TOTAL_SECONDS = 20
LONGEST_ANSWER = 4096
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class CannotCall(Exception):
    """The call did not come to an answer; ``problem`` is a word of ours and quotes nothing."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class Answered:
    """Status and the beginning of the body."""

    status: int
    body: bytes


def is_public(address: str) -> bool:
    """Whether an IP address is of the open internet, in whatever notation it hides another one."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


def post(url: str, body: bytes, headers: Mapping[str, str], *, anywhere: bool = False) -> Answered:
    """Send ``body``. CannotCall for addresses that are not ours to call and for every trouble on the way.

    ``anywhere``: also plain http and private addresses, for tests and closed networks.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise CannotCall("address") from None
    if parts.scheme not in (("https", "http") if anywhere else ("https",)) or not parts.hostname or "@" in parts.netloc:
        raise CannotCall("address")
    connection = _connection(parts, port or (443 if parts.scheme == "https" else 80), anywhere=anywhere)
    late = threading.Event()
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    end = threading.Timer(TOTAL_SECONDS, _cut, [connection, late])
    end.daemon = True
    end.start()
    try:
        connection.request("POST", target, body=body, headers=dict(headers))
        with connection.getresponse() as answer:
            answered = Answered(answer.status, answer.read(LONGEST_ANSWER))
    except TimeoutError:
        raise CannotCall("timeout") from None
    except ssl.SSLError:
        raise CannotCall("timeout" if late.is_set() else "certificate") from None
    except (OSError, http.client.HTTPException, ValueError, UnicodeError):
        raise CannotCall("timeout" if late.is_set() else "connection") from None
    finally:
        end.cancel()
        connection.close()
    if late.is_set():  # what was read until the cut may look like a whole answer
        raise CannotCall("timeout")
    return answered


def _cut(connection: http.client.HTTPConnection, late: threading.Event) -> None:
    late.set()
    with contextlib.suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _connection(parts: SplitResult, port: int, *, anywhere: bool) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    address = _address(host, port, anywhere=anywhere)
    if parts.scheme == "http":
        return _Plain(host, port, address)
    return _Secure(host, port, address)


def _address(host: str, port: int, *, anywhere: bool) -> str:
    try:
        found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise CannotCall("name") from None
    if not found or not (anywhere or all(is_public(address) for address in found)):
        raise CannotCall("private" if found else "name")
    return found[0]


class _Plain(http.client.HTTPConnection):
    """Speaks to ``host`` at an address that was looked at."""

    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=TIMEOUT_SECONDS)
        self._address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)


class _Secure(http.client.HTTPSConnection):
    """The same over TLS; the certificate has to be that of the name."""

    def __init__(self, host: str, port: int, address: str) -> None:
        self._tls = ssl.create_default_context()
        super().__init__(host, port, timeout=TIMEOUT_SECONDS, context=self._tls)
        self._address = address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        # Known before the handshake, so that a receiver that drags out the handshake is cut off as well.
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()
