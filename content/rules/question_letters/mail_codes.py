"""The code by which a sender shows that an address is theirs: how long it counts, how often it may be tried."""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

DIGITS = 6
TRIES = 5
VALID = timedelta(minutes=30)
AGAIN = timedelta(seconds=60)
MOST_AN_HOUR = 5
_BETWEEN = re.compile(r"[\s\-‐‑‒–—―−ー_.]")


@dataclass(frozen=True, repr=False)
class SentCode:
    """A code that was sent to an address. Void after ``TRIES``, for another address, and when its time is over."""

    address: str
    code: str
    sent_at: datetime
    tries: int = 0

    def tried(self) -> SentCode:
        """The same after one more try."""
        return replace(self, tries=self.tries + 1)

    def fits(self, typed: str, address: str, *, at: datetime) -> bool:
        """Whether what was typed is the code for this address, now."""
        alive = self.tries < TRIES and at <= self.sent_at + VALID and self.address == address
        return hmac.compare_digest(self.code.encode(), plain(typed).encode()) and alive

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return {**asdict(self), "sent_at": self.sent_at.isoformat()}


def from_json(values: Mapping[str, Any]) -> SentCode:
    """A code from what :meth:`SentCode.as_json` made of it."""
    return SentCode(values["address"], values["code"], datetime.fromisoformat(values["sent_at"]), values["tries"])


def plain(text: str) -> str:
    """A code as typed, in plain digits: any width, with spaces or hyphens."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text[:60]))
