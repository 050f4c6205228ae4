"""Flask's application, which does once what pages ask for again and again: addresses, modules of macros, calls."""

from __future__ import annotations

from functools import lru_cache
from types import FunctionType, MethodType
from typing import Any

from flask import Flask, has_request_context, request
from jinja2 import Template, pass_eval_context
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro

MOST_ADDRESSES = 4_000
PLAIN = (str, int, type(None))
SHORT = (Macro, FunctionType, MethodType)
ESCAPING = vars(pass_eval_context(lambda: None))["jinja_pass_arg"]


class Calls(Context):
    """What a template sees. Of each thing that it calls, Jinja asks five times whether it wants the context."""

    def call(self, called: Any, /, *values: Any, **named: Any) -> Any:
        """What is answered by a macro, which is told of the escaping, a function or a method."""
        kind = type(called)
        if kind not in SHORT or (wants := getattr(called, "jinja_pass_arg", None)) not in (None, ESCAPING):
            return super().call(called, *values, **named)
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        tells = wants is ESCAPING or kind is Macro
        return called(self.eval_ctx, *values, **named) if tells else called(*values, **named)


class Imported(Template):
    """A template whose macros others import: all share one module, for no page has globals of its own."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return self._module or super()._get_default_module(ctx)


class Site(Flask):
    """Keeps the addresses that were asked for last, by endpoint and values; all languages share them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.jinja_env.template_class = Imported
        self.jinja_env.context_class = Calls
        self._kept = lru_cache(MOST_ADDRESSES)(self._made)

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """An address for an endpoint and values, as Flask makes it."""
        plain = all(type(value) in PLAIN and name[0] != "_" for name, value in values.items())
        if plain and endpoint[0] != "." and has_request_context():
            return request.script_root + self._kept(endpoint, tuple(values.items()))
        return super().url_for(endpoint, **values)

    def _made(self, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
        return super().url_for(endpoint, **dict(values)).removeprefix(request.script_root)
