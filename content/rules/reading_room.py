"""The reading room's addresses: a document is named by the request's number and its place in it, never by anybody."""

from __future__ import annotations

import re
from collections.abc import Collection

_RECEIPT = re.compile(r"[^-]+-([A-Z])(\d{2})-(\d{6})-[0-9A-Z]")
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "text/plain": "txt"}


def stem(request_number: str) -> str:
    """``開-R08-000123-Q`` as ``r08-000123``. ValueError for what is no number of a receipt."""
    found = _RECEIPT.fullmatch(request_number)
    if found is None:
        raise ValueError(f"No number of a request: {request_number}")
    era, year, number = found.groups()
    return f"{era.lower()}{year}-{number}"


def next_key(request_number: str, taken: Collection[str]) -> str:
    """The address of the next document of a request; a place that was used is not used again."""
    start = stem(request_number)
    places = [int(key.removeprefix(f"{start}-")) for key in taken if key.startswith(f"{start}-")]
    return f"{start}-{max(places, default=0) + 1}"


def file_name(key: str, media_type: str) -> str:
    """What the file is called; KeyError for a type that is not shown."""
    return f"{key}.{ENDINGS[media_type]}"
