"""Is a redacted copy what it should be? The new file is read again and compared with the original.

Outside of the boxes it shows the same, inside nothing but black and the printed words, and beside its pictures it
holds nothing at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, cast

import pikepdf
from PIL import Image, ImageChops, ImageDraw

from portal.core import redaction_draw
from portal.core.errors import N_, Invalid

if TYPE_CHECKING:
    from portal.core.redaction import Box

STRIP = 512  # rows that are compared at once
MOST_APART, MEAN_APART = 140, 4.0  # of 255, where a picture was kept as JPEG
_PAGE = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
_PICTURE = {
    "/Type", "/Subtype", "/Width", "/Height", "/BitsPerComponent", "/ColorSpace", "/Filter", "/DecodeParms", "/Length",
}  # fmt: skip
_HELD = {"dpi", "jfif", "jfif_version", "jfif_unit", "jfif_density"}  # what Pillow says of any JPEG

DIFFERS = N_("The redacted copy is not what it should be and was thrown away. Tell the administrators.")


def compare(original: bytes, made: bytes, media_type: str, boxes: Sequence[Box]) -> None:
    """Invalid when the new file differs where it may not, shows anything under a box, or holds more than pixels."""
    left, right = redaction_draw.pages(original, media_type), _pages(made, media_type)
    for number, before in enumerate(left, start=1):
        after, exact = next(right, (None, False))
        if after is None or after.size != before.size:
            raise Invalid(DIFFERS)
        _same(before, after, [box for box in boxes if box.page == number], exact=exact)
    if next(right, None) is not None:
        raise Invalid(DIFFERS)


def _pages(made: bytes, media_type: str) -> Iterator[tuple[Image.Image, bool]]:
    """The pictures of the new file, and whether each is kept exactly."""
    if media_type == redaction_draw.PDF:
        yield from _pages_of_pdf(made)
        return
    with Image.open(BytesIO(made), formats=("JPEG", "PNG")) as picture:
        if set(picture.info) - _HELD or picture.getexif():
            raise Invalid(DIFFERS)
        picture.load()
        yield picture, media_type == redaction_draw.PNG


def _pages_of_pdf(made: bytes) -> Iterator[tuple[Image.Image, bool]]:
    with pikepdf.open(BytesIO(made), attempt_recovery=False) as document:
        only_pages = set(document.Root.keys()) == {"/Type", "/Pages"} and "/Info" not in document.trailer
        if not only_pages or made.count(b"%%EOF") != 1 or len(document.objects) != 2 + 3 * len(document.pages):
            raise Invalid(DIFFERS)
        for page in document.pages:
            resources = page.obj.Resources
            if set(page.obj.keys()) - _PAGE or set(resources.keys()) != {"/XObject"} or len(resources.XObject) != 1:
                raise Invalid(DIFFERS)
            picture = resources.XObject.P
            if set(picture.keys()) - _PICTURE:
                raise Invalid(DIFFERS)
            yield (
                pikepdf.PdfImage(cast(pikepdf.Stream, picture)).as_pil_image(),
                picture.Filter == pikepdf.Name.FlateDecode,
            )


def _same(before: Image.Image, after: Image.Image, boxes: Sequence[Box], *, exact: bool) -> None:
    """Compare strip by strip: outside with the original, inside with boxes painted on an empty page."""
    size, far, total = before.size, 0, 0
    wanted, inside = Image.new("L", size, "white"), Image.new("L", size, 0)
    redaction_draw.paint(wanted, boxes)
    draw = ImageDraw.Draw(inside)
    for box in boxes:
        left, top, right, bottom = box.pixels(*size)
        draw.rectangle((left, top, right - 1, bottom - 1), fill=255)
    for top in range(0, size[1], STRIP):
        area = (0, top, size[0], min(top + STRIP, size[1]))
        should = Image.composite(wanted.crop(area).convert("RGB"), before.crop(area).convert("RGB"), inside.crop(area))
        apart = ImageChops.difference(should, after.crop(area).convert("RGB"))
        counted = apart.histogram()
        far = max(far, *(value % 256 for value, times in enumerate(counted) if times))
        total += sum(value % 256 * times for value, times in enumerate(counted))
    mean = total / (3 * size[0] * size[1])
    if far > (0 if exact else MOST_APART) or mean > (0 if exact else MEAN_APART):
        raise Invalid(DIFFERS)
