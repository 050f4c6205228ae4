"""Texts of bulletins as HTML and as plain text. Markdown is a safe subset: no HTML, no pictures, links to the web only.

The only importer of the Markdown library. What a writer typed as HTML comes out as the characters that were typed.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from functools import cache, lru_cache
from html import escape
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from content.rules.archive.kinds import Markup

LOWEST = 6
# A bulletin's text stands on its own page, its incident's, versions, feeds and files.
MOST_TEXTS = 400
_ALIGN = {"text-align:right": "numeric", "text-align:center": "centred"}
_BLANK = re.compile(r"\n[ \t]*\n+")


@lru_cache(MOST_TEXTS)
def html(text: str, markup: str, *, level: int = 2, table: str = "") -> str:
    """The text as HTML that needs no further escaping; headings begin at ``level``, ``table`` names what is a table."""
    if markup != Markup.MARKDOWN:
        paragraphs = [part for part in _BLANK.split(text.replace("\r\n", "\n").strip()) if part.strip()]
        return "\n".join(f"<p>{escape(part)}</p>" for part in paragraphs)
    return str(_parser().render(text, {"level": level, "table": table})).strip()


def plain(text: str, markup: str) -> str:
    """The text without marks, for the search, feeds and mails: paragraphs apart by a blank line, cells by a bar."""
    if markup != Markup.MARKDOWN:
        return text
    return "\n\n".join(part for part in _blocks(_parser().parse(text)) if part)


def is_safe_link(address: str) -> bool:
    """Whether a link may lead there: http, https, or a path or place of this site."""
    cleaned = address.strip()
    if any(ord(character) < 0x21 for character in cleaned) or "\\" in cleaned:
        return False
    if cleaned.startswith("#") or (cleaned.startswith("/") and not cleaned.startswith("//")):
        return True
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc) and "@" not in parts.netloc


@cache
def _parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
    made.disable(["html_block", "html_inline", "lheading"])
    made.validateLink = is_safe_link  # type: ignore[assignment, method-assign]
    for name, rule in (
        ("heading_open", _heading),
        ("heading_close", _heading),
        ("table_open", _table_open),
        ("table_close", _table_close),
        ("th_open", _cell),
        ("td_open", _cell),
        ("image", _picture),
    ):
        made.add_render_rule(name, rule)
    return made


Environment = MutableMapping[str, Any]


def _heading(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Environment) -> str:
    """A heading below those of the page."""
    token = tokens[index]
    depth = min(int(token.tag[1]) + env.get("level", 2) - 1, LOWEST)
    return f"<h{depth}>" if token.nesting == 1 else f"</h{depth}>\n"


def _table_open(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Environment) -> str:
    region = f' role="region" aria-label="{escape(env["table"])}"' if env.get("table") else ""
    return f'<div class="table-region"{region} tabindex="0"><table class="table">\n'


def _table_close(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Environment) -> str:
    return "</table></div>\n"


def _picture(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Environment) -> str:
    """No pictures: the words that stand for one."""
    return escape(tokens[index].content)


def _cell(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Environment) -> str:
    """A cell: its alignment as a class, since pages carry no inline style."""
    token = tokens[index]
    name = _ALIGN.get(str(token.attrs.get("style", "")), "")
    scope = ' scope="col"' if token.tag == "th" else ""
    return f"<{token.tag}{scope}" + (f' class="{name}">' if name else ">")


def _blocks(tokens: Sequence[Token]) -> list[str]:
    found: list[str] = []
    row: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            found.append(" | ".join(row))
            row = None
        elif token.type == "inline":
            said = _inline(token.children or ())
            found.append(said) if row is None else row.append(said)
        elif token.type in ("fence", "code_block"):
            found.append(token.content.rstrip("\n"))
    return found


def _inline(tokens: Sequence[Token]) -> str:
    said, target = [], ""
    for token in tokens:
        if token.type in ("text", "code_inline", "image"):
            said.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            said.append("\n")
        elif token.type == "link_open":
            target = str(token.attrs.get("href", ""))
            said.append("")
        elif token.type == "link_close" and target and target not in said:
            said.append(f" ({target})")
    return "".join(said)
