"""Where a question stands: answered, declined, put off, answered after it was put off, or waiting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from content.rules import answers
from content.rules.question_letters.states import WAITING, LetterState


class Standing(StrEnum):
    """``declined``: something asked for was held back, with no day for it. ``deferred``: put off until a day that was
    promised. ``kept``: answered after it had been put off. ``unanswered``: its letter was answered without it.
    """

    ANSWERED = "answered"
    KEPT = "kept"
    DECLINED = "declined"
    DEFERRED = "deferred"
    UNANSWERED = "unanswered"
    WAITING = "waiting"


class Promise(StrEnum):
    """What became of what was put off."""

    IN_TIME = "in-time"
    LATE = "late"
    OPEN = "open"
    DECLINED = "declined"


# What somebody still waits for, until a day.
OPEN = frozenset({Standing.WAITING, Standing.DEFERRED})


@dataclass(frozen=True, slots=True)
class Given:
    """An answer to a question. ``reply`` counts the letters that answered; ``due``: when the rest was promised."""

    day: date | None
    reply: int
    types: tuple[str, ...]
    ground: str | None = None
    due: date | None = None

    @property
    def declines(self) -> bool:
        """Whether it holds something back."""
        return self.ground is not None or answers.declines(self.types)


@dataclass(frozen=True, slots=True)
class Stands:
    """``due``: the last day on which what is open is not overdue. ``answered``: the day of the answers that hold.

    ``types`` and ``ground`` are those of the answers that hold. ``promised``: the last day that was promised and came
    to an answer, or is still open.
    """

    standing: Standing
    due: date | None = None
    answered: date | None = None
    types: tuple[str, ...] = ()
    ground: str | None = None
    promised: date | None = None

    def overdue(self, today: date) -> int:
        """How many days after its day it is still open; 0 within it."""
        return max(0, (today - self.due).days) if self.due is not None and self.standing in OPEN else 0

    @property
    def late(self) -> int | None:
        """Of what was put off and answered later: how many days after the day promised; None of anything else."""
        if self.standing is not Standing.KEPT or self.answered is None or self.promised is None:
            return None
        return max(0, (self.answered - self.promised).days)

    @property
    def promise(self) -> Promise | None:
        """What became of what was put off; None of what never was. What is open may be overdue."""
        if self.promised is None:
            return None
        match self.standing:
            case Standing.KEPT:
                return Promise.LATE if self.late else Promise.IN_TIME
            case Standing.DEFERRED:
                return Promise.OPEN
            case _:
                return Promise.DECLINED


def stands(state: LetterState, due: date | None, given: Sequence[Given]) -> Stands:
    """Where a question of a letter stands. ``due`` is the letter's day; answers of the latest reply hold."""
    if not given:
        if state in WAITING:
            return Stands(Standing.WAITING, due)
        return Stands(Standing.UNANSWERED)
    last = max(one.reply for one in given)
    hold = [one for one in given if one.reply == last]
    types = tuple(dict.fromkeys(kind for one in hold for kind in one.types))
    ground = next((one.ground for one in hold if one.ground), None)
    day = _latest(one.day for one in hold)
    earlier = _latest(one.due for one in given if one.reply < last)
    promised = _latest(one.due for one in hold)
    if promised is not None:
        return Stands(Standing.DEFERRED, promised, day, types, ground, promised)
    if any(one.declines for one in hold):
        return Stands(Standing.DECLINED, None, day, types, ground, earlier)
    return Stands(Standing.KEPT if earlier else Standing.ANSWERED, None, day, types, ground, earlier)


def _latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)
