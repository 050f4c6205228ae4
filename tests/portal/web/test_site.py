"""What templates call: macros and plain functions the short way, everything else as Jinja does."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, pass_context, pass_environment, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context

from portal.web.site import Calls

TEMPLATE = """
{%- macro named(one, other="b") %}{{ one }}{{ other }}{{ caller() if caller else "" }}{% endmacro -%}
{% for one in ["<", "c"] %}{% set two = one %}
  {{- named(one) }} {{ named(other=one, one="a") }} {{ plain(one, end="!") }} {{ seen() }}
{%- if true %} {% endif %}{% endfor -%}
{% call named("d") %}e{% endcall %} {{ escapes() }} {{ whole() }} {{ thing(1) }} {{ thing.method(2) }} {{ nothing() }}
"""


class Thing:
    def __call__(self, number: int) -> str:
        return f"thing {number}"

    def method(self, number: int) -> str:
        return f"method {number}"


@pass_context
def seen(context: Context) -> Any:
    return context["two"]


@pass_eval_context
def escapes(context: EvalContext) -> bool:
    return context.autoescape


@pass_environment
def whole(environment: Environment) -> bool:
    return environment.autoescape is True


def plain(one: str, *, end: str) -> str:
    return one + end


def nothing() -> Any:
    return None


def test_calls_are_what_jinja_makes_of_them() -> None:
    made = []
    for context_class in (Context, Calls):
        environment = Environment(autoescape=True)
        environment.context_class = context_class
        environment.globals.update(seen=seen, escapes=escapes, whole=whole, plain=plain, thing=Thing(), nothing=nothing)
        made.append(environment.from_string(TEMPLATE).render())
    assert made[0] == made[1]
    assert made[1] == "&lt;b a&lt; &lt;! &lt; cb ac c! c dbe True True thing 1 method 2 None"
