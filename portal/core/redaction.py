"""Covering parts of a record for good (墨塗り): what is under a box is gone, not hidden.

A record is drawn to pixels, the boxes are filled black, and a new file is built from these pixels alone: no text, no
metadata, no attachments, no earlier revisions. The new file is then read again and compared with the original before
anybody gets it. Records are read in children of the press only; the functions here are meant to be run there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from portal.core.errors import N_, Invalid
from portal.core.files import PagePicture

WHOLE = 10_000  # parts of a page's width or height: a box is placed to a hundredth of a per cent
MOST_PAGES = 100
MOST_BOXES = 200  # on one page

NO_BOXES = N_("There is no box on this record, so there is nothing to cover.")
OUTSIDE = N_("A box must lie within its page and have a width and a height.")
NO_SUCH_PAGE = N_("A box lies on a page that this record does not have.")
TOO_MANY_BOXES = N_("There are too many boxes on this page (more than %(n)s). Cover a larger area with one box.")
TOO_MANY_PAGES = N_("This record has more than %(n)s pages. Attach it in several parts.")


@dataclass(frozen=True)
class Box:
    """A rectangle on a page (from 1) in ten-thousandths of its width and height as it is seen.

    ``labels`` are what may be printed on it, the longest first; the first one that fits is taken.
    """

    page: int
    x: int
    y: int
    w: int
    h: int
    labels: tuple[str, ...] = ()

    @property
    def lies_within(self) -> bool:
        """Whether it is a real rectangle within a page."""
        placed = self.page >= 1 and self.x >= 0 and self.y >= 0 and self.w >= 1 and self.h >= 1
        return placed and self.x + self.w <= WHOLE and self.y + self.h <= WHOLE

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right, bottom on a picture of this size; every pixel that it touches is within."""
        return (
            self.x * width // WHOLE,
            self.y * height // WHOLE,
            -(-(self.x + self.w) * width // WHOLE),
            -(-(self.y + self.h) * height // WHOLE),
        )


@dataclass(frozen=True)
class Redacted:
    """The new file, and the SHA-256 in hex digits of itself and of the record that it was made from."""

    media_type: str
    data: bytes
    pages: int
    sha256: str
    original_sha256: str


def cover(data: bytes, media_type: str, boxes: Sequence[Box]) -> Redacted:
    """The record without what is under the boxes, compared with the original. For a child of the press.

    The same record and boxes give the same bytes. Invalid for a record that is too large or cannot be drawn, and when
    the comparison finds a difference where none may be.
    """
    from portal.core import redaction_check, redaction_draw, redaction_write  # libraries for the children alone

    _refuse_odd(boxes)
    painted = redaction_draw.painted(data, media_type, boxes)
    made, pages = redaction_write.built(painted, media_type)
    if any(box.page > pages for box in boxes):
        raise Invalid(NO_SUCH_PAGE)
    redaction_check.compare(data, made, media_type, boxes)
    return Redacted(media_type, made, pages, hashlib.sha256(made).hexdigest(), hashlib.sha256(data).hexdigest())


def preview(data: bytes, media_type: str, page: int, boxes: Sequence[Box] = ()) -> PagePicture:
    """A page (from 1) on the screen, its boxes drawn so that one sees what is below. For a child of the press.

    Invalid when it cannot be drawn, IndexError when there is no such page.
    """
    from portal.core import redaction_draw

    return PagePicture(*redaction_draw.preview(data, media_type, page, boxes))


def proposals(data: bytes, page: int) -> list[Box]:
    """Where the text of a PDF's page holds what looks like a personal number. For a child of the press.

    Only text is searched: a number in a picture is not found. Invalid; IndexError when there is no such page.
    """
    from portal.core import redaction_search

    return redaction_search.numbers(data, page)


def _refuse_odd(boxes: Sequence[Box]) -> None:
    if not boxes:
        raise Invalid(NO_BOXES)
    if not all(box.lies_within for box in boxes):
        raise Invalid(OUTSIDE)
    if max(sum(other.page == box.page for other in boxes) for box in boxes) > MOST_BOXES:
        raise Invalid(TOO_MANY_BOXES, n=MOST_BOXES)
