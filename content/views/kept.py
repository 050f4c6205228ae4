"""Pages of the public record, made once for a revision and a day and kept in this process's memory.

Every reader of a page of one revision on one day sees the same bytes, so a page is rendered again only when
something was published, when the day changes, or when it fell out as the one not asked for longest.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Response, current_app, g, make_response, request
from flask.blueprints import BlueprintSetupState

from content.queries import revision
from portal.core import clock

MOST_BYTES = 32_000_000
LONGEST_QUERY = 200
EXTENSION = "content.pages"

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Kept:
    """A page as it went out."""

    made_of: tuple[int, str]
    data: bytes
    headers: tuple[tuple[str, str], ...]


class KeptPages:
    """The pages of one process, the least asked for leaving first. Threads share it."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Key, made_of: tuple[int, str]) -> Kept | None:
        """The page, when it was made of this revision and day."""
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.made_of != made_of:
                return None
            self._pages.move_to_end(key)
            return page

    def keep(self, key: Key, page: Kept) -> None:
        """Keep a page in place of an older one."""
        with self._lock:
            if (older := self._pages.pop(key, None)) is not None:
                self.bytes -= len(older.data)
            self._pages[key] = page
            self.bytes += len(page.data)
            while self.bytes > self.most_bytes:
                _, oldest = self._pages.popitem(last=False)
                self.bytes -= len(oldest.data)


def install(state: BlueprintSetupState) -> None:
    """Give an application its own pages."""
    state.app.extensions[EXTENSION] = KeptPages()


def kept(view: Callable[..., Any]) -> Callable[..., Response]:
    """A view whose good answers are kept; for views that depend on address, record and day alone."""

    @wraps(view)
    def answer(**values: Any) -> Response:
        pages: KeptPages = current_app.extensions[EXTENSION]
        key = (request.host_url, request.script_root, request.full_path)
        made_of = (revision.number(g.session), clock.day_in_japan(clock.now()).isoformat())
        if (page := pages.find(key, made_of)) is not None:
            return Response(page.data, headers=list(page.headers))
        response = make_response(view(**values))
        if response.status_code == 200 and len(request.query_string) <= LONGEST_QUERY:
            pages.keep(key, Kept(made_of, response.get_data(), tuple(response.headers)))
        return response

    return answer
