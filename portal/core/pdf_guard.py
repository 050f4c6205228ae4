"""Before layout: every text of a letter is looked up in the fonts, and what needs another font gets a span of its own.

Works on the parsed document, after templates, so that nothing can go round it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from portal.core import fonts
from portal.core.fonts import Missing

_SILENT = frozenset({"script", "style", "title", "template"})


def name(root: Any, title: str) -> None:
    """Give a document its title, and Japanese as its language where it says none."""
    if not root.get("lang"):
        root.set("lang", "ja")
    head = root.find("head")
    named = head.find("title")
    if named is None:
        named = Element("title")
        head.append(named)
    named.text = title


def choose_fonts(root: Any) -> list[Missing]:
    """Put what needs another font into spans; returns what no font has."""
    problems: dict[str, Missing] = {}
    for parent, element, place in list(_texts(root)):
        text = getattr(element, place)
        if fonts.is_plain(text):
            continue
        for problem in fonts.problems(text):
            problems[problem.cluster] = problem
        runs = fonts.runs(text)
        if any(key for key, _ in runs) and not (place == "text" and _is_span(element)):
            _split(parent, element, place, runs)
    return list(problems.values())


def _texts(root: Any) -> Iterator[tuple[Any, Any, str]]:
    """(parent, element, `text` or `tail`) of every text that is drawn, in reading order, however deep it lies."""
    waiting = [(root, root, "text")]
    while waiting:
        parent, element, place = waiting.pop()
        if place == "tail":
            yield parent, element, place
            continue
        drawn = isinstance(element.tag, str) and element.tag not in _SILENT
        if drawn and element.text:
            yield element, element, "text"
        for child in reversed(element):
            if child.tail:
                waiting.append((element, child, "tail"))
            if drawn:
                waiting.append((element, child, "text"))


def _is_span(element: Any) -> bool:
    return element.tag == "span" and str(element.get("class", "")).startswith("f-")


def _split(parent: Any, element: Any, place: str, runs: Sequence[tuple[str, str]]) -> None:
    at = 0 if place == "text" else list(parent).index(element) + 1
    setattr(element, place, "")
    last: Any = None
    for key, run in runs:
        if key:
            last = Element("span", {"class": f"f-{key}"})
            last.text = run
            parent.insert(at, last)
            at += 1
        elif last is None:
            setattr(element, place, run)
        else:
            last.tail = run
