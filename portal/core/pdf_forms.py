"""Fields that can be filled in, in a file that stays one for everyone (PDF/UA-1) and for ever (PDF/A-3a).

The layout engine draws the fields, but embeds the whole of their font, wants the viewer to draw them anew, and gives
text fields no appearance. Here a field says how it looks while it is empty, and its font is embedded as far as the page
uses it: a viewer takes its own font for what is typed beyond that.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import pydyf
from weasyprint import CSS
from weasyprint.pdf.fonts import Font

_TRANSPARENCY = re.compile(rb"/\S+ gs\s+")


def install() -> None:
    """Let no font be embedded whole because a field uses it. Can be called again."""
    Font.used_in_forms = property(lambda _font: False, lambda _font, _used: None)


@cache
def rules() -> CSS:
    """The engine's own sheet of fields."""
    return CSS(string=(files("weasyprint") / "css" / "html5_ua_form.css").read_text("utf-8"))


def finish(pdf: Any) -> None:
    """Give every field of the file its empty appearance. Nothing happens to a file without fields."""
    form = pdf.catalog.get("AcroForm")
    if form is None:
        return
    del form["NeedAppearances"]
    for field in [o for o in pdf.objects if isinstance(o, dict) and o.get("Subtype") == "/Widget"]:
        left, top, right, bottom = field["Rect"]
        box = pydyf.Array((0, 0, abs(right - left), abs(top - bottom)))
        field["Rect"] = pydyf.Array((min(left, right), min(top, bottom), max(left, right), max(top, bottom)))
        empty = pydyf.Stream([b"/Tx BMC EMC"], {"Type": "/XObject", "Subtype": "/Form", "BBox": box})
        pdf.add_object(empty)
        if field["FT"] == "/Btn":
            field["AP"]["N"]["Off"] = empty.reference
        else:
            field["AP"] = pydyf.Dictionary({"N": empty.reference})
            field["DA"] = pydyf.String(_TRANSPARENCY.sub(b"", _bytes(field["DA"].string)))


def _bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode("ascii")
