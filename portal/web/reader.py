"""Asks the application itself for its pages, as a reader without cookies would who reached it from nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from werkzeug.test import Client
from werkzeug.wrappers import Response

from portal.core.settings import Settings
from portal.web.requests_log import QUIET

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

OURS = {"REMOTE_ADDR": "127.0.0.1", QUIET: True}


@dataclass(frozen=True)
class Answer:
    """What the application says at an address."""

    status: int
    media_type: str
    body: bytes


class Reader:
    """Reads pages by WSGI, without a network; what it gets are the bytes that every reader gets."""

    def __init__(self, application: WSGIApplication, settings: Settings) -> None:
        self._application, self.settings = application, settings

    def ask(self, address: str) -> Answer:
        """The answer at a path of the site, with the language's prefix where it has one."""
        client = Client(self._application, Response, use_cookies=False)
        answer = client.get(address, base_url=self.settings.public_url, environ_overrides=OURS)
        with answer:
            return Answer(answer.status_code, answer.mimetype or "", answer.get_data())
