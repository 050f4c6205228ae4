"""XML as it goes out: characters that XML forbids are left out, whatever a text holds."""

from __future__ import annotations

import re
from xml.etree import ElementTree

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Element = ElementTree.Element


def put(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """Add an element below ``parent``; its text and attributes are escaped when it is written."""
    given = {name.rstrip("_").replace("__", ":"): _FORBIDDEN.sub("", value) for name, value in attributes.items()}
    made = ElementTree.SubElement(parent, tag, given)
    if text is not None:
        made.text = _FORBIDDEN.sub("", text)
    return made


def root(tag: str, **attributes: str) -> Element:
    """The outermost element; ``xmlns`` and ``xmlns__<prefix>`` declare its namespaces."""
    return Element(tag, {name.replace("__", ":"): value for name, value in attributes.items()})


def written(element: Element) -> bytes:
    """The document, UTF-8."""
    ElementTree.indent(element)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(element, encoding="unicode")}\n'.encode()
