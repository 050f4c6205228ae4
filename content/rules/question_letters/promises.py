"""What was put off: until when it was promised, whether it came, and whether it came in time.

An answer that names a day for the rest leaves its questions open. The next answer to a question settles that; where it
names another day, the question was put off again and stays open with the new one. Overdue is from the day after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PromiseState(StrEnum):
    OPEN = "open"
    OVERDUE = "overdue"
    KEPT = "kept"
    KEPT_LATE = "kept-late"
    PUT_OFF_AGAIN = "put-off-again"


# What still waits for an answer.
WAITING = frozenset({PromiseState.OPEN, PromiseState.OVERDUE})


@dataclass(frozen=True)
class Said:
    """An answer to a question: its id, the day of the letter that gave it, the day it names for the rest.

    ``letter`` is the number of that letter; answers of one letter to one question count as one.
    """

    answer: str
    on: date
    due: date | None = None
    letter: int = 0


@dataclass(frozen=True)
class Promise:
    """``answer`` put a question off until ``due``; ``settled_by`` is the answer that came, on ``settled_on``.

    ``late_days``: how many days after ``due`` it came, or is waited for; 0 within it.
    """

    question: str
    answer: str
    due: date
    settled_by: str | None
    settled_on: date | None
    state: PromiseState
    late_days: int


def promises(question: str, said: Sequence[Said], *, today: date) -> tuple[Promise, ...]:
    """What was promised about a question; ``said`` are all answers to it, the earliest first."""
    found = []
    letters = _letters(said)
    for at, one in enumerate(letters):
        if one.due is None:
            continue
        after = letters[at + 1] if at + 1 < len(letters) else None
        settled = after.on if after else None
        late = max(0, ((settled or today) - one.due).days)
        found.append(
            Promise(question, one.answer, one.due, after.answer if after else None, settled, _state(after, late), late)
        )
    return tuple(found)


def _letters(said: Sequence[Said]) -> list[Said]:
    """One for each letter: of its answers the one that names the latest day."""
    found: list[Said] = []
    for one in said:
        if found and one.letter and found[-1].letter == one.letter:
            last = found.pop()
            found.append(one if one.due and (last.due is None or one.due > last.due) else last)
        else:
            found.append(one)
    return found


def _state(after: Said | None, late: int) -> PromiseState:
    if after is None:
        return PromiseState.OVERDUE if late else PromiseState.OPEN
    if after.due is not None:
        return PromiseState.PUT_OFF_AGAIN
    return PromiseState.KEPT_LATE if late else PromiseState.KEPT


def waiting(said: Mapping[str, Sequence[Said]], *, today: date) -> tuple[Promise, ...]:
    """The promises that wait for their answer, the most urgent first; ``said`` by question."""
    found = [one for question, told in said.items() for one in promises(question, told, today=today)]
    return tuple(sorted((one for one in found if one.state in WAITING), key=lambda one: one.due))
