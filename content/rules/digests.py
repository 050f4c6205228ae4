"""Fingerprints of what is published: SHA-256 over canonical JSON."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any


def digest(value: Any) -> str:
    """64 hexadecimal digits; dates as ISO text, keys sorted, no spaces. Equal values have equal digests."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"A {type(value).__name__} cannot be published.")
