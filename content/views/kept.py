"""Pages of the public record, made once for what they depend on and kept in this process's memory.

Every reader of a page of one revision on one day sees the same bytes, so a page bears a mark of these and is made again
only when what it shows was changed, when the day changes, or when it fell out as the one not asked for longest. Who
has the present one is told so before anything is read. A page of one thing (an incident) stays good while others are
published; every other page is made anew with each revision.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Response, current_app, g, make_response, request
from flask.blueprints import BlueprintSetupState

from content.operations.public_change import record_key
from content.queries import held
from content.queries.feeds_scope import Scope
from content.rules.owners import Owner
from portal.core import clock
from portal.web import freshness

MOST_BYTES = 32_000_000
LONGEST_QUERY = 300
EXTENSION = "content.pages"

# Language and address.
Key = tuple[str, str]

# Everything below such an address shows one thing, and nothing but it and what is marked together with it.
OF_ONE = {"/incidents/<key>": Owner.INCIDENT}
# What such an address answers says nothing of today: programs that ask at midnight are sent nothing again. Feeds of
# letters say what is overdue.
DAYLESS = ("/feeds/", ".cap.xml")
OF_TODAY = "/feeds/letters"


@dataclass(frozen=True)
class Kept:
    """A page as it went out, and its mark."""

    mark: str
    data: bytes
    headers: tuple[tuple[str, str], ...]


class KeptPages:
    """The pages of one process, the least asked for leaving first. Threads share it."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Key, mark: str) -> Kept | None:
        """The page, when it bears this mark."""
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.mark != mark:
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


def thing_of(rule: str, values: Mapping[str, Any]) -> str | None:
    """The search key of the one thing that an address of ``rule`` is about; None where it is about many."""
    if values.get("scope") == Scope.INCIDENT:
        return record_key(Owner.INCIDENT, values["key"])
    owner = next((owner for start, owner in OF_ONE.items() if rule.startswith(start)), None)
    return record_key(owner, values["key"]) if owner else None


def present_mark(rule: str, values: Mapping[str, Any]) -> str:
    """The mark of what this request's address answers now; it costs one question."""
    thing = thing_of(rule, values)
    number = held.seen_number(g.session) if thing is None else held.number_of(g.session, thing)
    dayless = (rule.startswith(DAYLESS) or rule.endswith(DAYLESS)) and not rule.startswith(OF_TODAY)
    return freshness.mark(f"r{number}", "" if dayless else clock.day_in_japan(clock.now()).isoformat())


def answered(mark: str, make: Callable[[], Response]) -> Response:
    """What bears ``mark``: 304 for who has it, else as it was kept, else made, and kept where it is good."""
    if (same := freshness.unchanged(mark)) is not None:
        return same
    pages: KeptPages = current_app.extensions[EXTENSION]
    key = (request.script_root, request.full_path)
    if (page := pages.find(key, mark)) is not None:
        return Response(page.data, headers=list(page.headers))
    response = make()
    if response.status_code == 200:
        freshness.marked(response, mark)
        if len(request.query_string) <= LONGEST_QUERY:
            pages.keep(key, Kept(mark, response.get_data(), tuple(response.headers)))
    return response


def kept(view: Callable[..., Any], rule: str) -> Callable[..., Response]:
    """A view of an address ``rule`` that depends on address, record and day alone: marked, and kept where it is good.

    Pages below the addresses of OF_ONE depend of the record on that one thing alone.
    """

    @wraps(view)
    def answer(**values: Any) -> Response:
        return answered(present_mark(rule, values), lambda: make_response(view(**values)))

    return answer
