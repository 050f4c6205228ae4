"""What a PDF says and how its pages look. To be run in the press: files from outside are read here by a C++ library."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO

import pypdfium2
from PIL import Image

from portal.core.errors import N_, Invalid

DPI = 110
MAX_PIXELS = 4_000_000  # a page of A3 at 110 dots an inch has 2.3 million
MAX_TEXT = 2_000_000  # characters, all pages together
QUALITY = 85
_GLANCE_PIXELS = 40_000

CANNOT_DRAW = N_("This page cannot be drawn. Download the file instead.")
TOO_MUCH_TEXT = N_("This PDF holds too much text. Send it in several parts.")


def texts(data: bytes) -> list[str]:
    """The text of each page, hidden text included; empty for a page that is only a picture. Invalid."""
    found, left = [], MAX_TEXT
    try:
        with pypdfium2.PdfDocument(data) as document:
            for page in document:
                with closing(page), closing(page.get_textpage()) as said:
                    left -= said.count_chars()
                    if left < 0:
                        raise Invalid(TOO_MUCH_TEXT)
                    found.append(said.get_text_range())
    except pypdfium2.PdfiumError:
        raise Invalid(CANNOT_DRAW) from None
    return found


def picture(data: bytes, number: int) -> tuple[bytes, int, int]:
    """Page `number` (from 1) as it looks on paper: a JPEG, its width and height in pixels.

    Invalid when it cannot be drawn, IndexError when there is no such page.
    """
    with _opened(data) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        drawn = _draw(document, number - 1, DPI / 72, MAX_PIXELS)
        out = BytesIO()
        drawn.save(out, "JPEG", quality=QUALITY)
        return out.getvalue(), drawn.width, drawn.height


def glance(data: bytes) -> None:
    """Draw every page small, so that what breaks a decoder breaks it here. Invalid when a page cannot be drawn."""
    with _opened(data) as document:
        for index in range(len(document)):
            _draw(document, index, 1.0, _GLANCE_PIXELS)


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise Invalid(CANNOT_DRAW) from None


def _draw(document: pypdfium2.PdfDocument, index: int, scale: float, most: int) -> Image.Image:
    try:
        with closing(document[index]) as page:
            width, height = page.get_size()
            scale = min(scale, (most / max(1.0, width * height)) ** 0.5)
            with closing(page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)) as bitmap:
                drawn: Image.Image = bitmap.to_pil().convert("RGB")
                return drawn
    except pypdfium2.PdfiumError:
        raise Invalid(CANNOT_DRAW) from None
