"""A record in another form: as a PDF, in large print, as plain text. To be run in the press.

What comes in is what may be handed out (the redacted copy where there is one), so nothing more can come out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.core.errors import N_, Invalid
from portal.core.files import PDF

LARGER = 1.4142  # from A4 to A3
MOST_PIXELS = 40_000_000
LEAST_SIDE = 20
NO_TEXT = N_("This record is only a picture: it has no text that could be read out. Choose another form.")


def as_pdf(data: bytes, media_type: str) -> bytes:
    """The record as a PDF; a picture becomes a page. Invalid when it cannot be drawn."""
    from portal.core import redaction_draw, redaction_write  # the libraries are loaded in the children alone

    return (
        data if media_type == PDF else redaction_write.built(_sized(redaction_draw.pages(data, media_type), 1), PDF)[0]
    )


def large_print(data: bytes, media_type: str) -> bytes:
    """The record with each page as large as the next larger sheet (A4 becomes A3), as a PDF. Invalid."""
    from portal.core import redaction_draw, redaction_write

    return redaction_write.built(_sized(redaction_draw.pages(data, media_type), LARGER), PDF)[0]


def _sized(pages: Iterator[Any], factor: float) -> Iterator[Any]:
    """Each page enlarged, as far as memory allows; what is too small for a page of a PDF is enlarged to one."""
    for page in pages:
        most = (MOST_PIXELS / (page.width * page.height)) ** 0.5
        by = min(max(factor, LEAST_SIDE / min(page.size)), most)
        yield page if by == 1 else page.resize((round(page.width * by), round(page.height * by)))


def plain_text(data: bytes, media_type: str) -> bytes:
    """The text of a PDF in UTF-8, pages divided by an empty line. Invalid when there is none."""
    from portal.core import pdf_pictures

    pages = [text.strip() for text in pdf_pictures.texts(data)] if media_type == PDF else []
    if not any(pages):
        raise Invalid(NO_TEXT)
    return "\n\n".join(pages).replace("\r\n", "\n").encode("utf-8")
