"""The font of fields that are filled in: Latin letters and digits, in the one encoding that every viewer writes.

A viewer looks for what is typed in the field's font by its encoding; where the font lacks it, as all kanji, it takes a
font of its own. A font of the layout engine is no use here: its codes are numbers of glyphs, which viewers take for
letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO

from fontTools import subset
from fontTools.ttLib import TTFont

from portal.core import fonts

FILE, POSTSCRIPT = "BIZUDPGothic-Regular.ttf", "BIZ-UDPGothic"
ENCODING = "cp1252"  # what PDF calls WinAnsiEncoding
FIRST, LAST = 32, 255
NAME = f"FORMAA+{POSTSCRIPT}"


@dataclass(frozen=True)
class FieldFont:
    """The program of the font; its measures in thousandths of its size; ``widths`` from FIRST to LAST."""

    program: bytes
    widths: tuple[int, ...]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int


@cache
def field_font() -> FieldFont:
    """The font, cut once a process; the same bytes each time. FileNotFoundError where it is not installed."""
    path = fonts.located(FILE)
    if path is None:
        raise FileNotFoundError(FILE)
    codes = [_character(code) for code in range(FIRST, LAST + 1)]
    options = subset.Options(hinting=False, glyph_names=False, notdef_outline=True, recalc_timestamp=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "gasp", "meta"]
    with TTFont(path, recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[ord(character) for character in codes if character])
        cutter.subset(font)
        scale, known = 1000 / font["head"].unitsPerEm, font.getBestCmap()
        advance = font["hmtx"].metrics
        missing = advance[".notdef"][0]
        head, lines = font["head"], font["hhea"]
        widths = [advance[known[ord(c)]][0] if c and ord(c) in known else missing for c in codes]
        written = BytesIO()
        font.save(written)
        return FieldFont(
            written.getvalue(),
            tuple(round(width * scale) for width in widths),
            (round(head.xMin * scale), round(head.yMin * scale), round(head.xMax * scale), round(head.yMax * scale)),
            round(lines.ascent * scale),
            round(lines.descent * scale),
            round(getattr(font["OS/2"], "sCapHeight", lines.ascent) * scale),
        )


def _character(code: int) -> str:
    try:
        return bytes([code]).decode(ENCODING)
    except UnicodeDecodeError:
        return ""
