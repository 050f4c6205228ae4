"""A visitor without a browser: keeps cookies, reads the form's token, sends the form."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Visitor:
    """One visitor of one site."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> str:
        with self.opener.open(self.base + path, timeout=60) as answer:
            return str(answer.read().decode())

    def send(self, path: str, **fields: str) -> str:
        """Fill in the form on the page ``path`` and follow where it leads."""
        found = TOKEN.search(self.get(path))
        if found is None:
            raise RuntimeError(f"No form on {path}")
        data = urllib.parse.urlencode({"csrf_token": found[1], **fields}).encode()
        with self.opener.open(self.base + path, data=data, timeout=60) as answer:
            return str(answer.read().decode())

    @property
    def cookie(self) -> str:
        """What to send as the Cookie header."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)
