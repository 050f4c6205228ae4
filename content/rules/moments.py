"""Times of day as writers type them, and the instants that they mean in Japan."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time

from portal.core.calendar import JAPAN

_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.時](?P<minute>\d{1,2})?分?|(?P<plain>\d{2}))?\Z")


def parse_time(text: str) -> time:
    """``9:05``, ``0905``, ``9時5分``, ``午後2時`` in any width; raises ValueError for what is no time of day."""
    found = unicodedata.normalize("NFKC", text).replace(" ", "")
    afternoon = found.startswith("午後")
    found = found.removeprefix("午後").removeprefix("午前")
    read = _TIME.match(found)
    if read is None or (len(found) <= 2 and "時" not in found):
        raise ValueError(text)
    hour, minute = int(read["hour"]), int(read["minute"] or read["plain"] or 0)
    return time(hour + 12 if afternoon and hour < 12 else hour, minute)


def instant(day: date, at: time) -> datetime:
    """That time of that day in Japan, as UTC."""
    return datetime.combine(day, at, JAPAN).astimezone(UTC)


def local(at: datetime) -> tuple[date, str]:
    """The day in Japan and the time of day as ``14:05``."""
    there = at.astimezone(JAPAN)
    return there.date(), there.strftime("%H:%M")
