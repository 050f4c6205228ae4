"""What is printed beside the letters of a run: cover sheet, list for the post office, address pages; and the merging.

Everything is made on demand and kept nowhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any

from disclosure.letters.versions import LETTERS
from portal.core import press
from portal.core.settings import Settings
from portal.core.wareki import format_wareki
from portal.letters.contact import sender
from portal.letters.engine import Context

if TYPE_CHECKING:
    import pikepdf

HIDDEN = "（記載しない）"


@dataclass(frozen=True)
class Size:
    """A size of the address in the window, as its template sets it: ideographs a line, points from line to line."""

    name: str
    characters: int
    leading: float
    name_characters: int
    name_leading: float


SIZES = (
    Size("plain", 19, 13.3, 16, 15.4),
    Size("middle", 21, 11.9, 19, 13.3),
    Size("less", 24, 10.2, 21, 11.5),
    Size("small", 28, 8.2, 26, 8.8),
)
WINDOW_POINTS = 69  # 25 mm, and a little less than that


@dataclass(frozen=True)
class Piece:
    """One letter of a run: where it goes, and its PDF as issued. ``listed`` is false when the list must hide it."""

    position: int
    letter_number: str
    case_number: str
    name: str
    postal_code: str
    address: str
    honorific: str
    mail_number: str
    listed: bool
    pdf: bytes


def print_run(label: str, day: date, made_by: str, pieces: Sequence[Piece], settings: Settings) -> bytes:
    """The whole run as one PDF: cover sheet, list, then for each letter an address page and the letter."""
    frame = _frame(label, day, len(pieces), settings)
    cover = _set("print-cover", day, {**frame, "title": f"発送票　{label}", "made_by": made_by})
    rows = [
        {
            "position": str(row.position),
            "letter": row.letter_number,
            "mail_number": row.mail_number,
            "name": f"{row.name}　{row.honorific}" if row.listed else HIDDEN,
            "postal_code": row.postal_code if row.listed else "",
            "address": row.address if row.listed else HIDDEN,
        }
        for row in pieces
    ]
    listing = _set("print-list", day, {**frame, "title": f"書留・簡易書留郵便物差出票　{label}", "rows": rows})
    addresses = _set(
        "print-address",
        day,
        {
            **frame,
            "title": f"宛名　{label}",
            "pages": [
                {
                    "name": row.name,
                    "honorific": row.honorific,
                    "postal_code": row.postal_code,
                    "address": row.address,
                    "position": str(row.position),
                    "letter": row.letter_number,
                    "size": window_size(f"{row.name}　{row.honorific}", row.postal_code, row.address),
                }
                for row in pieces
            ],
        },
    )
    return press.run(merge, f"発送　{label}", cover, listing, addresses, [row.pdf for row in pieces])


def merge(title: str, cover: bytes, listing: bytes, addresses: bytes, letters: Sequence[bytes]) -> bytes:
    """One file for the printer. Signatures, tags and attachments of the letters stay behind: paper is what counts."""
    import pikepdf  # in the child alone

    with pikepdf.Pdf.new() as made, pikepdf.open(BytesIO(addresses)) as windows:
        if len(windows.pages) != len(letters):
            raise ValueError("Each letter has exactly one address page.")
        for data in (cover, listing):
            with pikepdf.open(BytesIO(data)) as part:
                made.pages.extend(_bare(part).pages)
        for window, data in zip(_bare(windows).pages, letters, strict=True):
            made.pages.append(window)
            with pikepdf.open(BytesIO(data)) as letter:
                made.pages.extend(_bare(letter).pages)
        made.docinfo["/Title"] = title
        made.Root.Lang = pikepdf.String("ja-JP")
        out = BytesIO()
        made.save(out, deterministic_id=True)
        return out.getvalue()


def _bare(part: pikepdf.Pdf) -> pikepdf.Pdf:
    """The part with nothing but what is drawn on its pages."""
    for key in ("/AcroForm", "/StructTreeRoot", "/Names", "/AF", "/OpenAction"):
        if key in part.Root:
            del part.Root[key]
    for page in part.pages:
        for key in ("/Annots", "/StructParents", "/Tabs", "/AA"):
            if key in page:
                del page[key]
    return part


def _frame(label: str, day: date, count: int, settings: Settings) -> Context:
    organisation = settings.organisation
    return {
        "label": label,
        "date": format_wareki(day),
        "date_iso": day.isoformat(),
        "count": str(count),
        **sender(organisation),
        "sample": settings.sample,
    }


def _set(kind: str, day: date, context: dict[str, Any]) -> bytes:
    return LETTERS.render(LETTERS.current(kind, day), context)


def window_size(name: str, postal_code: str, address: str) -> str:
    """The largest size in which the whole address stays within the window; ``beside`` when none does."""
    for size in SIZES:
        lines = bool(postal_code) + ceil(_width(address) / size.characters)
        if lines * size.leading + ceil(_width(name) / size.name_characters) * size.name_leading <= WINDOW_POINTS:
            return size.name
    return "beside"


def _width(text: str) -> float:
    """The width of a text in ideographs."""
    return sum(0.5 if unicodedata.east_asian_width(char) in ("Na", "H", "N") else 1 for char in text)
