"""Where a page's text says what should be covered. To be run in the press: a C++ library reads the file."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing

import pypdfium2
from pypdfium2 import raw

from portal.core import detectors
from portal.core.errors import Invalid
from portal.core.pdf_pictures import CANNOT_DRAW, MAX_TEXT, TOO_MUCH_TEXT
from portal.core.redaction import WHOLE, Box

MARGIN = 30  # ten-thousandths of the page, on each side of what was found
Corners = tuple[int, int, int, int]


def numbers(data: bytes, page: int) -> list[Box]:
    """A box for each line of each number that the detector finds on a page (from 1)."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            if not 1 <= page <= len(document):
                raise IndexError(page)
            with closing(document[page - 1]) as sheet, closing(sheet.get_textpage()) as said:
                count = said.count_chars()
                if count > MAX_TEXT:
                    raise Invalid(TOO_MUCH_TEXT)
                # One character for each place, so that what is found can be looked up on the page.
                text = "".join(chr(raw.FPDFText_GetUnicode(said, place)) for place in range(count))
                return [
                    _box(page, line)
                    for found in detectors.scan(text).findings
                    for line in _lines(_corners(sheet, said, found.start, found.length))
                ]
    except pypdfium2.PdfiumError:
        raise Invalid(CANNOT_DRAW) from None


def _corners(sheet: pypdfium2.PdfPage, said: pypdfium2.PdfTextPage, start: int, length: int) -> Iterator[Corners]:
    """Left, top, right, bottom of each character as the page is seen; what takes no room is left out."""
    for place in range(start, start + length):
        left, bottom, right, top = said.get_charbox(place)
        (x1, y1), (x2, y2) = _seen(sheet, left, top), _seen(sheet, right, bottom)
        if x1 != x2 and y1 != y2:
            yield min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _seen(sheet: pypdfium2.PdfPage, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(sheet, 0, 0, WHOLE, WHOLE, 0, x, y, across, down)
    return across.value, down.value


def _lines(corners: Iterator[Corners]) -> list[Corners]:
    """Characters that stand on one line, as one rectangle each."""
    lines: list[Corners] = []
    for left, top, right, bottom in corners:
        if lines and lines[-1][1] < (top + bottom) / 2 < lines[-1][3]:
            last = lines[-1]
            lines[-1] = (min(last[0], left), min(last[1], top), max(last[2], right), max(last[3], bottom))
        else:
            lines.append((left, top, right, bottom))
    return lines


def _box(page: int, line: Corners) -> Box:
    left, top = max(0, line[0] - MARGIN), max(0, line[1] - MARGIN)
    right, bottom = min(WHOLE, line[2] + MARGIN), min(WHOLE, line[3] + MARGIN)
    return Box(page, left, top, right - left, bottom - top)
