"""What files that anybody may download say, by pages, sheets or headings, for those who search.

For children of the press, but for the screening.
A file was taken in long before (`portal.core.files`): here it is only read, and what is read is bounded once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.core.errors import Invalid
from portal.core.files import DOCX, OFFICE, PDF
from portal.core.sheets import XLSX

LONGEST = 400_000  # characters of one file, some four hundred pages; what stands behind them is not searched
PAGE_BREAK = "\f"
READABLE = frozenset({PDF, XLSX, DOCX})
BETWEEN = " | "  # cells of a row; more than one character, so that two numbers side by side are not taken for one
_ONE_BY_ONE = re.compile(r"(?<![0-9])([0-9]) \| (?=[0-9](?![0-9]))")
_LINE = re.compile(r"\r\n?")
_HYPHENATED = re.compile("[\u00ad\ufffe]\\s*\n\\s*|\ufffe")  # where the PDF library joins a word that was divided
# A database or XML cannot hold these.
_UNKEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\uffff]")

Parts = list[tuple[str, str]]
"""What a file says, part by part: its name (a page's number, a sheet's name, a heading or none), and its text."""


def parts(data: bytes, media_type: str) -> Parts:
    """The parts of a file that say anything, at most LONGEST characters. Invalid for what cannot be read."""
    if media_type in OFFICE:
        from portal.core import office_texts  # the libraries are loaded in the children alone

        try:
            return _bounded(office_texts.parts(data, media_type))
        except (Invalid, MemoryError):
            raise
        except Exception:  # noqa: BLE001, RUF100 - they raise whatever a broken file leads them to
            raise Invalid from None
    if media_type != PDF:
        raise Invalid
    return _bounded((str(number), text) for number, text in enumerate(_pages(data), start=1))


def to_screen(parts: Parts, media_type: str) -> str:
    """What of a file has to be looked through for personal numbers: its text, and the names of its sheets.

    Rows of tables do not run together: codes of six digits in a column would else be taken for numbers of twelve.
    Digits that stand in boxes, one by one, do.
    """
    if media_type == PDF:
        return "\n".join(text for _, text in parts)
    said, before = [], BETWEEN
    for name, text in parts:
        for line in (name, *text.split("\n")):
            apart = media_type == XLSX or BETWEEN in line or BETWEEN in before
            said += ["\n\n" if apart else "\n", line]
            before = line
    return _ONE_BY_ONE.sub(r"\1 ", "".join(said))


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
        if not left:
            break
        said = _plain(text)[:left]
        if said:
            found.append((name, said))
            left -= len(said)
    return found
