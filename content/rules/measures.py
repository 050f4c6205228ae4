"""Where a measure stands on a day: open, late, done, dropped, or not told."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from content.rules.archive.kinds import MeasureStatus

GOING_ON = frozenset({MeasureStatus.PROMISED, MeasureStatus.IN_PROGRESS})


class Standing(StrEnum):
    LATE = "late"
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


def standing(status: str, due_on: date | None, *, today: date) -> Standing:
    """Late is what was due on a day before ``today`` and is neither done nor dropped; the day itself is in time."""
    if status in GOING_ON:
        return Standing.LATE if due_on is not None and due_on < today else Standing.OPEN
    return {MeasureStatus.DONE: Standing.DONE, MeasureStatus.DROPPED: Standing.DROPPED}.get(
        MeasureStatus(status), Standing.UNKNOWN
    )
