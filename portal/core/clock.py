"""The only reader of the machine's clocks; everything else receives a time or a day as an argument."""

import time
from datetime import UTC, date, datetime

from portal.core.calendar import JAPAN


def now() -> datetime:
    """The present moment, aware, UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds on a clock that never goes back; only differences mean anything."""
    return time.monotonic()


def day_in_japan(at: datetime) -> date:
    """The calendar day in Japan at an aware moment. A naive one raises ValueError."""
    if at.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return at.astimezone(JAPAN).date()
