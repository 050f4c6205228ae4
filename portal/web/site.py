"""Flask's application, which does once what pages ask for again and again: addresses, and modules of macros."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, request
from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context

MOST_ADDRESSES = 4_000
PLAIN = (str, int, type(None))


class Imported(Template):
    """A template whose macros others import: all share one module, for no page has globals of its own."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return self._module or super()._get_default_module(ctx)


class Site(Flask):
    """Keeps the addresses that were asked for last, by the language's prefix, endpoint and values."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.jinja_env.template_class = Imported
        self._kept = lru_cache(MOST_ADDRESSES)(self._made)

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """An address for an endpoint and values, as Flask makes it."""
        plain = all(type(value) in PLAIN and name[0] != "_" for name, value in values.items())
        if plain and endpoint[0] != "." and has_request_context():
            return self._kept(request.root_path, endpoint, tuple(values.items()))
        return super().url_for(endpoint, **values)

    def _made(self, _root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
        return super().url_for(endpoint, **dict(values))
