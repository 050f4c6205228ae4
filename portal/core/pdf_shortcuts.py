"""Shortcuts through the layout engine, which lead to the same bytes sooner.

Three things it does over and over: it works out each property of each box, though nearly all are simply the parent's or
the initial value; it works out five styles of each element for footnotes, which letters do not have; and it packs the
picture of the seal anew for each letter.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from PIL import Image
from weasyprint import CSS, HTML, css
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.images import RasterImage

from portal.core import pdf_forms

# These are worked out from others, or not inherited the simple way.
_PECULIAR = {"direction", "display", "float", "page", "position"}
_SMALL = 512 * 512  # pixels
_OF_NOTES = re.compile(r"^::(?:foot)?note-.*\n", re.MULTILINE)

Logical = frozenset[str]


def _logical(key: str) -> Logical:
    """The names under which a sheet may say the same: `margin_left` is `margin_inline_start`, or `_end` in Arabic."""
    named = css.PHYSICAL_FUNCTIONS.get(key)
    return frozenset(named(block="ttb", inline=way) for way in ("ltr", "rtl")) if named else frozenset()


_SIMPLE = {
    key: _logical(key)
    for key in INITIAL_VALUES
    if (key in INHERITED or key not in INITIAL_NOT_COMPUTED)
    and key not in _PECULIAR
    and not key.startswith("text_decoration_")
}

worked_out = css.ComputedStyle.__missing__
its_rules = HTML._ua_stylesheets
packed = RasterImage._get_png_data


def install() -> None:
    """Take the shortcuts in this process. Can be called again."""
    css.ComputedStyle.__missing__ = _value
    HTML._ua_stylesheets = _rules
    RasterImage._get_png_data = staticmethod(_packed_once)


def remove() -> None:
    """Let the engine go its own way again."""
    css.ComputedStyle.__missing__ = worked_out
    HTML._ua_stylesheets = its_rules
    RasterImage._get_png_data = staticmethod(packed)


def _value(style: Any, key: str) -> Any:
    """The computed value of a property, when no rule of a sheet gives it one; else what the engine says."""
    parent = style.parent_style
    names = _SIMPLE.get(key)
    if parent is None or names is None or key in style.cascaded or not style.cascaded.keys().isdisjoint(names):
        return worked_out(style, key)
    value = style[key] = parent[key] if key in INHERITED else INITIAL_VALUES[key]
    return value


def _rules(_page: HTML, forms: bool = False) -> list[CSS]:
    return [_without_notes(), pdf_forms.rules()] if forms else [_without_notes()]


@cache
def _without_notes() -> CSS:
    """The engine's own sheet of HTML without the rules of footnotes and endnotes."""
    return CSS(string=_OF_NOTES.sub("", (files("weasyprint") / "css" / "html5_ua.css").read_text("utf-8")))


def _packed_once(picture: Image.Image) -> bytes:
    if picture.width * picture.height > _SMALL:
        return bytes(packed(picture))
    return _kept(picture.mode, picture.size, picture.tobytes())


@lru_cache(maxsize=8)
def _kept(mode: str, size: tuple[int, int], pixels: bytes) -> bytes:
    return bytes(packed(Image.frombytes(mode, size, pixels)))
