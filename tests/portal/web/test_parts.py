"""Parts of pages that are made once for the same values."""

from flask import g, render_template_string
from jinja2 import DictLoader
from markupsafe import Markup

from portal.web import language, parts
from portal.web.parts import Parts
from portal.web.site import Site

PAGE = '{% import "part.html" as p %}{{ kept(p.shown, "<", made) }}|{{ kept(p.shown, "<", made) }}'
PART = "{% macro shown(text, made) %}{{ made.once() }}<b>{{ text }}</b>{% endmacro %}"


class Counter:
    """A value that is equal to itself alone, and counts how often a part was made of it."""

    count = 0

    def once(self) -> str:
        self.count += 1
        return ""


def test_a_part_is_made_once_for_the_same_values_in_a_language() -> None:
    app, made = Site(__name__), Counter()
    app.jinja_loader = DictLoader({"part.html": PART})
    language.install(app)
    parts.install(app)
    with app.test_request_context("/"):
        assert render_template_string(PAGE, made=made) == "<b>&lt;</b>|<b>&lt;</b>"
        assert made.count == 1
        g.language = "en"
        assert render_template_string(PAGE, made=made) == "<b>&lt;</b>|<b>&lt;</b>"
    assert made.count == 2


def test_the_parts_asked_for_least_leave_when_there_are_too_many() -> None:
    held = Parts(most=10)
    for name in ("one", "two", "one", "three"):
        held.of((name,), lambda: Markup("first"))
    found = {name: held.of((name,), lambda: Markup("again")) for name in ("one", "three", "two")}
    assert found == {"one": "first", "three": "first", "two": "again"}
    assert held.characters <= 10
