"""Records as pixels, and boxes on them. To be run in the press: files from outside are decoded here."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, ImageDraw, ImageFile, ImageFont, ImageOps

from portal.core import fonts
from portal.core.errors import N_, Invalid
from portal.core.pdf_pictures import picture as page_of_pdf

if TYPE_CHECKING:
    from portal.core.redaction import Box

DPI = 200
MOST_PAGE_PIXELS = 20_000_000  # A2 at 200 dots an inch has 15.5 million
MOST_PICTURE_PIXELS = 50_000_000
MOST_SIDE = 20_000
PREVIEW_SIDE = 1600
QUALITY = 85
BLACK, WHITE = 0, 255
SMALLEST, LARGEST = 12, 40  # pixels of a label's height
_FONT = "BIZUDPGothic-Regular.ttf"
_MARK = (200, 30, 30)

JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
_FORMATS = {JPEG: ("JPEG",), PNG: ("PNG",)}

CANNOT_DRAW = N_("This record cannot be drawn, so nothing of it can be covered.")
TOO_LARGE = N_("A page of this record is too large to be drawn. Scan it again in a smaller size.")
WRONG_KIND = N_("Only a PDF, a JPEG or a PNG can be covered.")


def pages(data: bytes, media_type: str) -> Iterator[Image.Image]:
    """Each page as it is seen, grey or colour, without transparency: PDF at 200 dots an inch, pictures as they are."""
    if media_type == PDF:
        yield from _pages_of_pdf(data)
    else:
        yield _flat(data, media_type)


def painted(data: bytes, media_type: str, boxes: Sequence[Box]) -> Iterator[Image.Image]:
    """Each page with its boxes filled and named."""
    for number, page in enumerate(pages(data, media_type), start=1):
        paint(page, [box for box in boxes if box.page == number])
        yield page


def paint(page: Image.Image, boxes: Sequence[Box]) -> None:
    """Fill the boxes black, then print on each the first of its labels that fits."""
    draw = ImageDraw.Draw(page)
    places = [(box, box.pixels(*page.size)) for box in boxes]
    for _box, (left, top, right, bottom) in places:
        draw.rectangle((left, top, right - 1, bottom - 1), fill="black")
    for box, (left, top, right, bottom) in places:
        if (label := _label(box.labels, right - left, bottom - top)) is not None:
            page.paste(label.convert(page.mode), (left, top))


def preview(data: bytes, media_type: str, number: int, boxes: Sequence[Box]) -> tuple[bytes, int, int]:
    """Page ``number`` for the screen as JPEG, its width and height; boxes are dark glass with their numbers."""
    if media_type == PDF:
        drawn, width, height = page_of_pdf(data, number)
        if not boxes:
            return drawn, width, height
        page = Image.open(BytesIO(drawn), formats=("JPEG",)).convert("RGB")
    else:
        if number != 1:
            raise IndexError(number)
        page = _flat(data, media_type).convert("RGB")
        page.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    draw = ImageDraw.Draw(page)
    for place, box in enumerate(boxes, start=1):
        left, top, right, bottom = box.pixels(*page.size)
        glass = page.crop((left, top, right, bottom))
        page.paste(Image.blend(glass, Image.new("RGB", glass.size, "black"), 0.55), (left, top))
        draw.rectangle((left, top, right - 1, bottom - 1), outline=_MARK, width=3)
        if (font := _font(18)) is not None:
            draw.text((left + 5, top + 3), str(place), fill="white", font=font)
    out = BytesIO()
    page.save(out, "JPEG", quality=QUALITY)
    return out.getvalue(), page.width, page.height


def _pages_of_pdf(data: bytes) -> Iterator[Image.Image]:
    from portal.core.redaction import MOST_PAGES, TOO_MANY_PAGES

    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > MOST_PAGES:
                raise Invalid(TOO_MANY_PAGES, n=MOST_PAGES)
            for index in range(len(document)):
                with closing(document[index]) as page:
                    width, height = (side * DPI / 72 for side in page.get_size())
                    if width * height > MOST_PAGE_PIXELS or max(width, height) > MOST_SIDE:
                        raise Invalid(TOO_LARGE)
                    with closing(page.render(scale=DPI / 72, may_draw_forms=False, rev_byteorder=True)) as bitmap:
                        drawn = bitmap.to_pil().convert("RGB")
                yield drawn
    except pypdfium2.PdfiumError:
        raise Invalid(CANNOT_DRAW) from None


def _flat(data: bytes, media_type: str) -> Image.Image:
    """A picture upright, on white where it was transparent: what lay below transparency is not handed on."""
    if media_type not in _FORMATS:
        raise Invalid(WRONG_KIND)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=_FORMATS[media_type]) as opened:
                if opened.width * opened.height > MOST_PICTURE_PIXELS or max(opened.size) > MOST_SIDE:
                    raise Invalid(TOO_LARGE)
                ImageFile.LOAD_TRUNCATED_IMAGES = False  # the letters' engine sets it for the whole process
                opened.load()
                upright = ImageOps.exif_transpose(opened)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Invalid(TOO_LARGE) from None
    except (OSError, ValueError, SyntaxError, RuntimeError, EOFError, IndexError, KeyError, OverflowError, TypeError):
        raise Invalid(CANNOT_DRAW) from None
    if upright.mode == "L" and "transparency" not in upright.info:
        page = Image.new("L", upright.size, "white")
        page.paste(upright)
        return page
    page = Image.new("RGB", upright.size, "white")
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        seen = upright.convert("RGBA")
        page.paste(seen, mask=seen.getchannel("A"))
    else:
        page.paste(upright.convert("RGB"))
    return page


def _label(labels: Sequence[str], width: int, height: int) -> Image.Image | None:
    """White words on a black ground of exactly this size, or None when nothing fits."""
    measure = _font(100)
    if measure is None or height < SMALLEST:
        return None
    for words in labels:
        size = min(LARGEST, height * 3 // 4, int((width - 4) * 100 / max(1.0, measure.getlength(words))))
        font = _font(size) if size >= SMALLEST else None
        if font is not None:
            label = Image.new("L", (width, height), BLACK)
            ImageDraw.Draw(label).text((width / 2, height / 2), words, fill=WHITE, font=font, anchor="mm")
            return label
    return None


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | None:
    """The letters' sans serif, laid out simply, so that the same words always give the same pixels."""
    path = fonts.located(_FONT)
    return None if path is None else ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
