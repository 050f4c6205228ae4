"""A letter as plain text for reading aloud: headings, lists and tables become sentences, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import html as parser  # type: ignore[import-untyped]

from portal.core import wareki

HEADINGS = {"h1": "表題", "h2": "見出し", "h3": "小見出し", "h4": "小見出し"}
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_DAY = re.compile(
    "(?P<era>{})(?P<year>[0-9]{{1,2}}|元)年(?=[0-9]{{1,2}}月)".format("|".join(e.name for e in wareki.eras()))
)
_CLOSED = ("。", "．", "！", "？", "!", "?", "」", "』", "。）")
_ADDRESS = re.compile(r"(?:https?://|[^\s@]+@)[!-~]+$")


def linear(source: str) -> str:
    """The body of an HTML letter as lines of text. Pictures are left out; what they say stands beside them."""
    body = parser.document_fromstring(source).find("body")
    return "\n".join(_sentence(line) for line in _lines(body) if line) + "\n"


def _lines(parent: Any) -> Iterator[str]:
    for element in parent:
        tag = element.tag
        if tag in HEADINGS:
            yield f"{HEADINGS[tag]}、{_text(element)}"
        elif tag in ("ol", "ul"):
            yield from _items(element)
        elif tag == "table":
            yield from _table(element)
        elif tag == "p":
            yield _text(element)
        elif isinstance(tag, str) and tag not in ("style", "script", "img"):
            yield from _lines(element)


def _items(items: Any, before: str = "") -> Iterator[str]:
    """Each item with its place: その1, within it その1の2."""
    for number, item in enumerate(items.findall("li"), start=1):
        place = f"{before}の{number}" if before else str(number)
        yield f"その{place}、{_text(item, without=('ol', 'ul'))}"
        for inner in [*item.findall("ol"), *item.findall("ul")]:
            yield from _items(inner, place)


def _table(table: Any) -> Iterator[str]:
    """Each row as sentences: the column's name, then what stands there."""
    heads = [_text(cell) for cell in table.findall("thead/tr/th")]
    rows = table.findall("tbody/tr")
    caption = table.find("caption")
    yield f"表、{_text(caption)}、全部で{len(rows)}行" if caption is not None else f"表、全部で{len(rows)}行"
    for number, row in enumerate(rows, start=1):
        cells = [_text(cell) for cell in row]
        yield f"{number}行目"
        yield from (_cell(head, cell) for head, cell in zip(heads, cells, strict=False)) if heads else cells
    yield "表は、ここまで"


def _cell(head: str, cell: str) -> str:
    return f"{head}。{cell}" if cell.endswith(_CLOSED) else f"{head}は、{cell}"


def _text(element: Any, without: tuple[str, ...] = ()) -> str:
    """The words of an element; a line break is a comma."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == "br":
            parts.append("、")
        elif child.tag not in without:
            parts.append(_text(child, without))
        parts.append(child.tail or "")
    return re.sub(r"[ \t\n]+", " ", "".join(parts)).strip()


def _sentence(line: str) -> str:
    """Digits narrow, days with their Western year, the postal mark in words, a full stop except after an address."""
    said = line.translate(_NARROW).replace("〒", "郵便番号 ")
    said = _DAY.sub(lambda found: f"{found[0]}（{_western(found['era'], found['year'])}年）", said)
    return said if said.endswith(_CLOSED) or _ADDRESS.search(said) else f"{said}。"


def _western(name: str, year: str) -> int:
    era = next(era for era in wareki.eras() if era.name == name)
    return era.first.year + (1 if year == "元" else int(year)) - 1
