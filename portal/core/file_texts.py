"""What files that anybody may download say, page by page, for those who search. For children of the press alone.

A file was taken in long before (`portal.core.files`): here it is only read, and what is read is bounded once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.core.errors import Invalid
from portal.core.files import PDF

LONGEST = 400_000  # characters of one file, some four hundred pages; what stands behind them is not searched
PAGE_BREAK = "\f"
READABLE = frozenset({PDF})
_LINE = re.compile(r"\r\n?")
_HYPHENATED = re.compile("[\u00ad\ufffe]\\s*\n\\s*|\ufffe")  # where the PDF library joins a word that was divided
# A database or XML cannot hold these.
_UNKEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\uffff]")

Parts = list[tuple[str, str]]
"""What a file says, part by part: the name of a part (a page's number), and its text."""


def parts(data: bytes, media_type: str) -> Parts:
    """The parts of a file that say anything, at most LONGEST characters. Invalid for what cannot be read."""
    if media_type != PDF:
        raise Invalid
    return _bounded((str(number), text) for number, text in enumerate(_pages(data), start=1))


def by_page(data: bytes) -> str:
    """What a PDF says, its pages divided by PAGE_BREAK; empty where they are pictures. Invalid."""
    pages = [_plain(text) for text in _pages(data)]
    return PAGE_BREAK.join(pages) if any(pages) else ""


def pages_of(text: str) -> Parts:
    """What `by_page` wrote, as parts."""
    return _bounded((str(number), page) for number, page in enumerate(text.split(PAGE_BREAK), start=1))


def _pages(data: bytes) -> list[str]:
    from portal.core import pdf_pictures  # the library is loaded in the children alone

    return pdf_pictures.texts(data)


def _plain(text: str) -> str:
    return _UNKEPT.sub("", _HYPHENATED.sub("", _LINE.sub("\n", text))).strip()


def _bounded(named: Iterable[tuple[str, str]]) -> Parts:
    left, found = LONGEST, []
    for name, text in named:
        said = _plain(text)[:left]
        if said:
            found.append((name, said))
            left -= len(said)
    return found
