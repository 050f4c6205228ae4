"""The only reader of the machine's clocks; everything else receives a time or a day as an argument."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

from portal.core.calendar import JAPAN

_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)


def now() -> datetime:
    """The present moment, aware, UTC."""
    return _standing.get() or datetime.now(UTC)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """In this block it is ``moment`` (aware): for copies of the record that show it as of then."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    mark = _standing.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _standing.reset(mark)


def monotonic() -> float:
    """Seconds on a clock that never goes back; only differences mean anything."""
    return time.monotonic()


def day_in_japan(at: datetime) -> date:
    """The calendar day in Japan at an aware moment. A naive one raises ValueError."""
    if at.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return at.astimezone(JAPAN).date()
