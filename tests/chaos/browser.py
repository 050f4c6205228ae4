"""A browser over real connections: cookies, redirects, forms with files. It knows when it does not know."""

from __future__ import annotations

import http.client
import secrets
from collections.abc import Mapping
from http.cookies import SimpleCookie
from urllib.parse import urljoin, urlsplit

from lxml import html

from tests.client import Page

TIMEOUT = 60
File = tuple[str, bytes]


class Lost(Exception):
    """No answer, or one that says that something broke: nobody knows whether it was done."""


class Browser:
    """One person's browser. ``address`` is what the proxy in front of the site would say of them."""

    def __init__(self, port: int, address: str) -> None:
        self.port, self.address = port, address
        self.cookies: dict[str, str] = {}
        self.answers = self.lost = 0

    def get(self, path: str) -> Page:
        """Open an address."""
        return self._follow("GET", path, b"", "")

    def post(self, path: str, values: Mapping[str, str], files: Mapping[str, File] | None = None) -> Page:
        """Send a form."""
        border = secrets.token_hex(16)
        return self._follow("POST", path, _body(border, values, files or {}), f"multipart/form-data; boundary={border}")

    def _follow(self, method: str, path: str, body: bytes, kind: str) -> Page:
        for _hop in range(8):
            status, headers, data = self._ask(method, path, body, kind)
            if status in (302, 303) and (where := headers.get("Location")):
                parts = urlsplit(urljoin(f"http://127.0.0.1:{self.port}{path}", where))
                path = parts.path + (f"?{parts.query}" if parts.query else "")
                method, body, kind = "GET", b"", ""
                continue
            if status >= 500:
                self.lost += 1
                raise Lost(f"{method} {path}: {status}")
            is_html = (headers.get("Content-Type") or "").startswith("text/html")
            tree = html.document_fromstring(data.decode("utf-8")) if is_html else None
            return Page(status, path, headers, data, tree)
        raise AssertionError(f"redirects without end at {path}")

    def _ask(self, method: str, path: str, body: bytes, kind: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        headers = {"X-Forwarded-For": self.address, "Connection": "close"}
        if kind:
            headers["Content-Type"] = kind
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.lost += 1
            raise Lost(f"{method} {path}: {type(error).__name__}") from error
        finally:
            connection.close()
        self.answers += 1
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer.status, answer.headers, data


def _body(border: str, values: Mapping[str, str], files: Mapping[str, File]) -> bytes:
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in values.items()
    ]
    for name, (filename, data) in files.items():
        head = f'--{border}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n\r\n'
        parts.append(head.encode() + data + b"\r\n")
    return b"".join([*parts, f"--{border}--\r\n".encode()])
