"""Pages of the public record, made once for a revision and a day and kept in this process's memory.

Every reader of a page of one revision on one day sees the same bytes, so a page is rendered again only when
what it shows was changed, when the day changes, or when it fell out as the one not asked for longest. A page of one
thing (an incident) stays good while others are published; every other page is made anew with each revision.
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
from sqlalchemy.orm import Session

from content.operations.public_change import record_key
from content.queries import revision
from content.rules.owners import Owner
from portal.core import clock

MOST_BYTES = 32_000_000
LONGEST_QUERY = 300
EXTENSION = "content.pages"

Key = tuple[str, str, str]


# Everything below such an address shows one thing, and nothing but it and what is marked together with it.
OF_ONE = {"/incidents/<key>": Owner.INCIDENT}


@dataclass(frozen=True)
class Kept:
    """A page as it went out; ``made_of``: the revision and the day of which it was made."""

    made_of: tuple[int, str]
    data: bytes
    headers: tuple[tuple[str, str], ...]


class Changes:
    """When each thing was changed last, as far as this process has seen. Threads share it."""

    def __init__(self) -> None:
        self._seen: int | None = None
        self._everything = 0
        self._last: dict[str, int] = {}
        self._lock = threading.Lock()

    def look(self, session: Session) -> int:
        """The present revision; what changed up to it is known from now on."""
        number = revision.number(session)
        with self._lock:
            if self._seen is None:
                self._seen = self._everything = number
            elif number > self._seen:
                self._seen, keys = revision.changes(session, self._seen)
                if keys is None:
                    self._everything = self._seen
                    self._last.clear()
                else:
                    self._last.update(dict.fromkeys(keys, self._seen))
        return number

    def of(self, thing: str | None, number: int) -> int:
        """The latest revision up to which a page of ``thing`` (None: of anything) was changed."""
        return number if thing is None else max(self._everything, self._last.get(thing, 0))


class KeptPages:
    """The pages of one process, the least asked for leaving first. Threads share it."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self.changes = Changes()
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Key, made_of: tuple[int, str]) -> Kept | None:
        """The page, when it was made of this day and of this revision or a later one."""
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.made_of[0] < made_of[0] or page.made_of[1] != made_of[1]:
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


def kept(view: Callable[..., Any], rule: str = "") -> Callable[..., Response]:
    """A view whose good answers are kept; for views that depend on address, record and day alone.

    ``rule`` is its address: pages below those of OF_ONE depend of the record on that one thing alone.
    """
    owner = next((owner for start, owner in OF_ONE.items() if rule.startswith(start)), None)

    @wraps(view)
    def answer(**values: Any) -> Response:
        pages: KeptPages = current_app.extensions[EXTENSION]
        key = (request.host_url, request.script_root, request.full_path)
        number, day = pages.changes.look(g.session), clock.day_in_japan(clock.now()).isoformat()
        changed = pages.changes.of(record_key(owner, values["key"]) if owner else None, number)
        if (page := pages.find(key, (changed, day))) is not None:
            return Response(page.data, headers=list(page.headers))
        response = make_response(view(**values))
        if response.status_code == 200 and len(request.query_string) <= LONGEST_QUERY:
            pages.keep(key, Kept((number, day), response.get_data(), tuple(response.headers)))
        return response

    return answer
