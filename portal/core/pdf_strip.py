"""What may stay in a rebuilt PDF: the keys that draw a page, and nothing else.

A list of what is allowed, not of what is known to be bad: whatever a viewer may learn to run, open or fetch has a key
that is not here. So actions, links, attachments, media, forms, layers, previews, private and descriptive data go, also
from places where no viewer looks for them.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf

from portal.core import jpeg

LONGEST_SIDE = 14_400  # points: the largest page of PDF 1.7, annex C.2

_DRAWS = """
Font XObject ExtGState ColorSpace Pattern Shading ProcSet

Length Filter DecodeParms Predictor Colors Columns EarlyChange EndOfLine EncodedByteAlign Rows EndOfBlock BlackIs1
DamagedRowsBeforeError JBIG2Globals ColorTransform

Type Subtype FormType BBox Matrix Resources Group S CS I K Width Height BitsPerComponent Intent ImageMask Mask Decode
Interpolate SMask SMaskInData Matte

LW LC LJ ML D RI OP op OPM TR SM SA BM CA ca AIS TK G BC PatternType PaintType TilingType XStep YStep ShadingType
Background AntiAlias Coords Domain Function Extend BitsPerCoordinate BitsPerFlag VerticesPerRow FunctionType Range Size
BitsPerSample Order Encode C0 C1 N Functions Bounds WhitePoint BlackPoint Gamma Alternate Process Components Colorants

BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts CIDSystemInfo DW W DW2 W2
CIDToGIDMap Name FontBBox FontMatrix CharProcs BaseEncoding Differences CMapName WMode UseCMap Registry Ordering
Supplement FontName FontFamily FontStretch FontWeight Flags ItalicAngle Ascent Descent Leading CapHeight XHeight StemV
StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CharSet CIDSet Length1 Length2 Length3 Style Panose
Lang
"""
_KEPT = frozenset("/" + key for key in _DRAWS.split())
# Dictionaries whose keys are names that the page gives to its things.
_DIRECTORIES = frozenset(
    {"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/CharProcs", "/Colorants"}
)
_PAGE = frozenset({"/Type", "/Parent", "/Resources", "/Contents", "/Group"})
_DRAWN = ("/Form", "/Image")
_CONTAINERS = (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream)
_UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "/FlateDecode": zlib.decompress,
    "/ASCII85Decode": lambda data: base64.a85decode(data.strip().removesuffix(b"~>")),
    "/ASCIIHexDecode": lambda data: bytes.fromhex(data.strip().rstrip(b">").decode("ascii")),
}


class TooBig(Exception):
    """A page or a picture of more than a screen or printer can use."""


def strip(document: pikepdf.Pdf, *, max_pixels: int) -> None:
    """Take from every page, in place, what does not draw it. TooBig; ValueError and the like for broken ones."""
    seen: set[tuple[int, int, str]] = set()
    for page in document.pages:
        _strip_page(page)
        todo = [(page.obj[key], "") for key in ("/Resources", "/Contents", "/Group") if key in page.obj]
        while todo:
            item, directory = todo.pop()
            if not isinstance(item, _CONTAINERS):
                continue
            if item.is_indirect:
                mark = (*item.objgen, directory)
                if mark in seen:
                    continue
                seen.add(mark)
            if isinstance(item, pikepdf.Stream):
                _strip_picture(item, max_pixels)
            if isinstance(item, pikepdf.Array):
                todo += [(child, "") for child in item]
            elif directory:
                todo += _entries(item, directory)
            else:
                todo += _parts(item)


def _strip_page(page: pikepdf.Page) -> None:
    found = page.obj
    boxes = {"/MediaBox": page.mediabox, "/CropBox": found.get("/CropBox")}
    turned, unit = found.get("/Rotate", 0), float(found.get("/UserUnit", 1))
    for key in set(found.keys()) - _PAGE:
        del found[key]
    for key, box in boxes.items():
        if box is None:
            continue
        left, bottom, right, top = (float(number) for number in box)
        width, height = abs(right - left) * unit, abs(top - bottom) * unit
        if max(width, height) > LONGEST_SIDE:
            raise TooBig
        if not (width > 0 and height > 0 and unit > 0):
            raise ValueError("A page without an area.")
        found[key] = pikepdf.Array([left, bottom, right, top])
    if unit != 1:
        found["/UserUnit"] = unit
    if isinstance(turned, int) and turned % 360:
        found["/Rotate"] = turned % 360 // 90 * 90


def _entries(names: Any, directory: str) -> list[tuple[Any, str]]:
    """What stands under names of the page's own choice; an XObject is a form or an image, never a program."""
    children = []
    for key in list(names.keys()):
        child = names[key]
        drawn = directory != "/XObject" or (
            isinstance(child, pikepdf.Stream) and str(child.get("/Subtype", "")) in _DRAWN
        )
        if not drawn or not isinstance(child, (*_CONTAINERS, pikepdf.Name)):
            del names[key]
            continue
        children.append((child, ""))
    return children


def _parts(found: Any) -> list[tuple[Any, str]]:
    """The parts of a dictionary, or of a stream's, that may stay; the others are deleted."""
    children = []
    for key in list(found.keys()):
        if key not in _KEPT:
            del found[key]
            continue
        child = found[key]
        names = key in _DIRECTORIES and isinstance(child, pikepdf.Dictionary) and "/ShadingType" not in child
        children.append((child, key if names else ""))
    return children


def _strip_picture(stream: pikepdf.Stream, max_pixels: int) -> None:
    """Refuse too many pixels; take from packed photos what is not the photo."""
    if int(stream.get("/Width", 0)) * int(stream.get("/Height", 0)) > max_pixels:
        raise TooBig
    filters, settings = _listed(stream.get("/Filter")), _listed(stream.get("/DecodeParms"))
    if not filters or str(filters[-1]) not in ("/DCTDecode", "/DCT", "/JPXDecode"):
        return
    data = stream.read_raw_bytes()
    for number, name in enumerate(filters[:-1]):
        if str(name) not in _UNPACK or (number < len(settings) and isinstance(settings[number], pikepdf.Dictionary)):
            raise ValueError("A photo is packed in a way that nobody uses.")
        data = _UNPACK[str(name)](data)
    bare = jpeg.bare_jpeg2000 if str(filters[-1]) == "/JPXDecode" else jpeg.bare_jpeg
    clean, pixels = bare(data)
    if pixels > max_pixels:
        raise TooBig
    last = settings[len(filters) - 1] if len(settings) >= len(filters) else None
    kept = last if isinstance(last, pikepdf.Dictionary) else None
    stream.write(clean, filter=pikepdf.Name(str(filters[-1])), decode_parms=kept)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]
