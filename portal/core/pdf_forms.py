"""Fields that can be filled in, in a file that stays one for everyone (PDF/UA-1) and for ever (PDF/A-3a).

The layout engine draws the fields, but embeds the whole of their font, wants the viewer to draw them anew, and gives
text fields no appearance. Here a field says how it looks while it is empty, and has a font in which viewers can write.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import pydyf
from weasyprint import CSS
from weasyprint.pdf.fonts import Font

from portal.core.pdf_form_font import FIRST, LAST, NAME, field_font

_SIZE = re.compile(rb"([0-9.]+) Tf")
_NONSYMBOLIC = 32  # a font of Latin letters (ISO 32000-1, table 123)


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
    fields = [o for o in pdf.objects if isinstance(o, dict) and o.get("Subtype") == "/Widget"]
    form["DR"] = pydyf.Dictionary({"Font": pydyf.Dictionary({"Field": _font(pdf)})})
    for field in fields:
        left, top, right, bottom = field["Rect"]
        box = pydyf.Array((0, 0, abs(right - left), abs(top - bottom)))
        field["Rect"] = pydyf.Array((min(left, right), min(top, bottom), max(left, right), max(top, bottom)))
        empty = pydyf.Stream([b"/Tx BMC EMC"], {"Type": "/XObject", "Subtype": "/Form", "BBox": box})
        pdf.add_object(empty)
        if field["FT"] == "/Btn":
            field["AP"]["N"]["Off"] = empty.reference
        else:
            field["AP"] = pydyf.Dictionary({"N": empty.reference})
            size = _SIZE.search(_bytes(field["DA"].string))
            field["DA"] = pydyf.String(b"0 g /Field " + (size[1] if size else b"10") + b" Tf")


def _font(pdf: Any) -> bytes:
    """The font of the fields, added to the file; its reference."""
    font = field_font()
    program = pydyf.Stream([font.program], {"Length1": len(font.program)}, compress=True)
    pdf.add_object(program)
    descriptor = pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": f"/{NAME}",
            "Flags": _NONSYMBOLIC,
            "FontBBox": pydyf.Array(font.box),
            "ItalicAngle": 0,
            "Ascent": font.ascent,
            "Descent": font.descent,
            "CapHeight": font.cap_height,
            "StemV": 80,
            "FontFile2": program.reference,
        }
    )
    pdf.add_object(descriptor)
    made = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/TrueType",
            "BaseFont": f"/{NAME}",
            "FirstChar": FIRST,
            "LastChar": LAST,
            "Widths": pydyf.Array(font.widths),
            "Encoding": "/WinAnsiEncoding",
            "FontDescriptor": descriptor.reference,
        }
    )
    pdf.add_object(made)
    return bytes(made.reference)


def _bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode("ascii")
