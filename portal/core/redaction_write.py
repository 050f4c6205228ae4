"""New files from pixels alone. Nothing but the pictures handed in can be in them."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from io import BytesIO

import pikepdf
from PIL import Image, ImageChops

from portal.core.errors import N_, Invalid
from portal.core.redaction_draw import DPI, JPEG, PDF

QUALITY, PICTURE_QUALITY = 90, 95
PACKING = 6
LOSSLESS_BYTES = 2_000_000  # a page of text has some ten thousand; beyond it is a photo, which JPEG keeps smaller
MOST_BYTES = 60_000_000

TOO_MUCH = N_("The redacted copy becomes too large. Attach the record in several parts.")


def built(pages: Iterable[Image.Image], media_type: str) -> tuple[bytes, int]:
    """The new file and its number of pages: a PDF with one picture a page, or the picture itself. Invalid."""
    if media_type == PDF:
        return _document(pages)
    page = next(iter(pages))
    data = jpeg(page, PICTURE_QUALITY) if media_type == JPEG else _png(_plain(page))
    if len(data) > MOST_BYTES:
        raise Invalid(TOO_MUCH)
    return data, 1


def jpeg(page: Image.Image, quality: int) -> bytes:
    """As JPEG, every pixel with its own colour."""
    out = BytesIO()
    page.save(out, "JPEG", quality=quality, subsampling=0)
    return out.getvalue()


def _document(pages: Iterable[Image.Image]) -> tuple[bytes, int]:
    count, total = 0, 0
    with pikepdf.new() as document:
        for page in pages:
            drawn = _plain(page)
            picture = _picture(document, drawn)
            count, total = count + 1, total + len(picture.read_raw_bytes())
            if total > MOST_BYTES:
                raise Invalid(TOO_MUCH)
            width, height = (round(side * 72 / DPI, 2) for side in drawn.size)
            document.add_blank_page(page_size=(width, height))
            sheet = document.pages[-1]
            sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
            sheet.Contents = document.make_stream(f"q {width} 0 0 {height} 0 0 cm /P Do Q".encode())
        out = BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue(), count


def _picture(document: pikepdf.Pdf, page: Image.Image) -> pikepdf.Stream:
    """A page's picture as it is kept in a PDF: exactly, unless that takes more room than a photo should."""
    colours = 1 if page.mode == "L" else 3
    about = {
        "Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "Width": page.width, "Height": page.height,
        "BitsPerComponent": 8, "ColorSpace": pikepdf.Name.DeviceGray if colours == 1 else pikepdf.Name.DeviceRGB,
    }  # fmt: skip
    data = b"".join(_pixels(_png(page)))
    if len(data) > LOSSLESS_BYTES:
        return pikepdf.Stream(document, jpeg(page, QUALITY), Filter=pikepdf.Name.DCTDecode, **about)
    rows = pikepdf.Dictionary(Predictor=15, Colors=colours, BitsPerComponent=8, Columns=page.width)
    return pikepdf.Stream(document, data, Filter=pikepdf.Name.FlateDecode, DecodeParms=rows, **about)


def _png(page: Image.Image) -> bytes:
    out = BytesIO()
    page.save(out, "PNG", compress_level=PACKING)
    return out.getvalue()


def _pixels(png: bytes) -> Iterator[bytes]:
    """The packed pixels of a PNG that we have just made; a PDF keeps them in the same way."""
    at = 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            yield png[at + 8 : at + 8 + size]
        at += size + 12


def _plain(page: Image.Image) -> Image.Image:
    """Grey when it has no colour; the pixels stay the same."""
    if page.mode == "L":
        return page
    red, green, blue = page.split()
    grey = not ImageChops.difference(red, green).getbbox() and not ImageChops.difference(green, blue).getbbox()
    return red if grey else page
