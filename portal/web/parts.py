"""Parts of pages that are the same whenever their values are: made once and kept, the least asked for leaving first.

In a template ``{{ kept(macro, value, …) }}`` stands for ``{{ macro(value, …) }}`` where the macro is imported without
context and shows nothing but its values, which never change: numbers, words, rows, frozen things of these. A value that
is another one makes another part, so there is nothing to forget when something is published.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from flask import Flask, request
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from portal.web.language import current

MOST_CHARACTERS = 3_000_000
Key = tuple[Hashable, ...]


class Parts:
    """The parts of one process. Threads share it."""

    def __init__(self, most: int = MOST_CHARACTERS) -> None:
        self.most, self.characters = most, 0
        self._parts: OrderedDict[Key, Markup] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, key: Key, make: Callable[[], Markup]) -> Markup:
        """The part as it was kept, else as it is made now."""
        with self._lock:
            if (found := self._parts.get(key)) is not None:
                self._parts.move_to_end(key)
                return found
        made = make()
        with self._lock:
            if (other := self._parts.get(key)) is not None:
                return other
            self._parts[key] = made
            self.characters += len(made)
            while self.characters > self.most:
                _, oldest = self._parts.popitem(last=False)
                self.characters -= len(oldest)
        return made


def install(app: Flask) -> None:
    """Let the templates of an application keep parts."""
    parts = Parts()

    @pass_eval_context
    def kept(context: EvalContext, macro: Callable[..., Markup], *values: Hashable) -> Markup:
        key: Any = (current(), request.root_path, macro, *values)
        return parts.of(key, lambda: macro(context, *values))

    app.jinja_env.globals["kept"] = kept
