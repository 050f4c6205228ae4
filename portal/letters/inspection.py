"""What an unknown file says of itself, read in a child process: whether it claims to be one of our letters."""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from portal.letters.make import DATA_NAME

MOST_ENDS = 8
MOST_PAGES = 40
MOST_CHARACTERS = 200_000
MOST_DATA = 5_000_000
MOST_CLAIMS = 20

_TOKEN = re.compile(r"/verify/([A-Za-z2-7]{26})(?![A-Za-z0-9])")
_END = re.compile(rb"%%EOF(\r\n|\n|\r)?")


@dataclass(frozen=True)
class Claims:
    """Tokens and numbers of letters that a file names, and the hashes of the earlier states that it may hold.

    ``readable``: whether it could be read as a PDF at all.
    """

    readable: bool
    tokens: tuple[str, ...]
    numbers: tuple[str, ...]
    bases: tuple[str, ...]


def is_pdf(data: bytes) -> bool:
    """Whether the bytes begin as a PDF does."""
    return b"%PDF-" in data[:1024]


def claims(data: bytes, *, mark: str) -> Claims:
    """What a file says of itself. Never raises; call it through the press, as a file can be made to take long.

    ``mark`` is what the organisation's letter numbers begin with.
    """
    number = re.compile(re.escape("".join(mark.split())) + "第[0-9]{1,7}号")
    text, readable = _text(data)
    said = [*_attached(data), text, data[-2_000_000:].decode("latin-1")]
    joined = "\n".join(said)
    tokens = dict.fromkeys(token.upper() for token in _TOKEN.findall(joined))
    numbers = dict.fromkeys(number.findall(joined))
    return Claims(readable, tuple(tokens)[:MOST_CLAIMS], tuple(numbers)[:MOST_CLAIMS], _bases(data))


def _bases(data: bytes) -> tuple[str, ...]:
    """Hashes of the file up to each of its first ends: a letter that was added to still holds the one that we made."""
    found: dict[str, None] = {}
    for end in list(_END.finditer(data))[:MOST_ENDS]:
        for stop in {end.start() + len(b"%%EOF"), end.end()}:
            found[hashlib.sha256(data[:stop]).hexdigest()] = None
    return tuple(found)


def _attached(data: bytes) -> list[str]:
    """Number and address out of the letter's own data."""
    import pikepdf  # in the child alone, as what follows

    try:
        with pikepdf.open(BytesIO(data)) as opened:
            raw = opened.attachments[DATA_NAME].get_file().read_bytes() if DATA_NAME in opened.attachments else b"{}"
        said: Any = json.loads(raw) if len(raw) <= MOST_DATA else None
    except Exception:  # noqa: BLE001, RUF100 - a broken file makes the libraries raise whatever they like
        return []
    return [str(said.get(key, "")) for key in ("number", "verify_url")] if isinstance(said, dict) else []


def _text(data: bytes) -> tuple[str, bool]:
    """The words of the first pages and of the last one, without spaces; and whether there are pages."""
    import pypdfium2

    parts: list[str] = []
    count = 0
    try:
        with pypdfium2.PdfDocument(data) as document:
            count = len(document)
            for index in [*range(min(count, MOST_PAGES)), *([count - 1] if count > MOST_PAGES else [])]:
                with closing(document[index]) as page, closing(page.get_textpage()) as said:
                    parts.append(said.get_text_range() if said.count_chars() <= MOST_CHARACTERS else "")
    except Exception:  # noqa: BLE001, RUF100 - the same
        return _joined(parts), False
    return _joined(parts), count > 0


def _joined(parts: list[str]) -> str:
    return "".join("".join(parts).split())
