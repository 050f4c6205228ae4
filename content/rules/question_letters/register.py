"""The register of question letters in one hand: all letters and all their questions, as lists and counts need them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from content.rules.index import Index, Place
from content.rules.question_letters.standing import Standing, Stands
from content.rules.question_letters.states import WAITING

NOBODY = "none"
# Later than any day that is due.
NEVER = date.max.toordinal()


class Sort(StrEnum):
    """``day``: the latest letter first; ``due``: what is open by its day, the rest behind; ``slowest``: answered ones
    by the days that it took, the longest first, the rest behind.
    """

    DAY = "day"
    OLDEST = "oldest"
    DUE = "due"
    SLOWEST = "slowest"


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """A question. ``asked`` is the day on which its letter came."""

    id: str
    letter: str
    position: int
    asked: date
    stands: Stands
    department: str = NOBODY
    systems: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.id

    def marks(self) -> Iterator[tuple[str, str]]:
        """Every facet's value that it has."""
        yield "letter", self.letter
        yield from _marks_of_items((self,))
        yield "year", f"{self.asked.year:04}"
        yield "quarter", f"{self.asked.year:04}-Q{(self.asked.month + 2) // 3}"
        if (promise := self.stands.promise) is not None:
            yield "promise", promise

    def place(self, order: str) -> Place:
        """Where it stands in an order; questions of a letter stand as they were asked."""
        day, name = self.asked.toordinal(), f"{self.letter}/{self.position:04}"
        match order:
            case Sort.OLDEST:
                return day, name
            case Sort.DUE:
                return _due(self.stands.due), -day, name
            case _:
                return -day, name


@dataclass(frozen=True, slots=True)
class LetterEntry:
    """A letter with its questions. ``came``: received, or sent where that is not known; ``words``: its titles, folded.

    ``wished``: the day that its sender asked for, ``due`` the day by the organisation's own rule.
    """

    key: str
    came: date
    state: str
    sender: str
    filed: bool
    due: date | None = None
    wished: date | None = None
    answered: date | None = None
    words: str = ""
    answers: int = 0
    items: tuple[ItemEntry, ...] = ()

    def marks(self) -> Iterator[tuple[str, str]]:
        """Every facet's value that it has, or that one of its questions has."""
        yield "state", self.state
        yield "sender", self.sender
        yield "year", f"{self.came.year:04}"
        yield from _marks_of_items(self.items)

    def place(self, order: str) -> Place:
        """Where it stands in an order."""
        day = self.came.toordinal()
        match order:
            case Sort.OLDEST:
                return day, self.key
            case Sort.DUE:
                return _due(self.due if self.waits else None), -day, self.key
            case Sort.SLOWEST:
                return -self.took if self.took is not None else 1, -day, self.key
            case _:
                return -day, self.key

    @property
    def waits(self) -> bool:
        """Whether it waits for its answer."""
        return self.state in WAITING

    @property
    def took(self) -> int | None:
        """Days until its answer; None where there is none yet."""
        return None if self.answered is None else (self.answered - self.came).days

    def waited(self, today: date) -> int | None:
        """Days without an answer so far; None where it waits for none."""
        return (today - self.came).days if self.waits else None

    def over(self, limit: date | None, today: date) -> int:
        """Days beyond a day until its answer, or until today while it waits; 0 within, and where there is no day."""
        end = self.answered or (today if self.waits else None)
        return max(0, (end - limit).days) if end and limit else 0

    def count(self, standing: Standing) -> int:
        """How many of its questions stand so."""
        return sum(item.stands.standing is standing for item in self.items)

    def overdue_items(self, today: date) -> int:
        """How many of its questions are open after their day."""
        return sum(item.stands.overdue(today) > 0 for item in self.items)


def _marks_of_items(items: tuple[ItemEntry, ...]) -> Iterator[tuple[str, str]]:
    found: dict[tuple[str, str], None] = {}
    for item in items:
        found["standing", item.stands.standing] = None
        found["department", item.department] = None
        if item.stands.ground:
            found["ground", item.stands.ground] = None
        for name, values in (("type", item.stands.types), ("system", item.systems), ("incident", item.incidents)):
            for value in values:
                found[name, value] = None
    yield from found


def _due(day: date | None) -> int:
    return NEVER if day is None else day.toordinal()


@dataclass(frozen=True)
class Letters(Index[LetterEntry]):
    """The index of letters."""

    ORDERS: ClassVar[tuple[str, ...]] = tuple(Sort)

    def with_words(self, wanted: Sequence[str]) -> int:
        """The letters whose title has all of these folded words, as bits."""
        return self.these(one.key for one in self.entries if one and all(word in one.words for word in wanted))


@dataclass(frozen=True)
class Items(Index[ItemEntry]):
    """The index of questions."""

    ORDERS: ClassVar[tuple[str, ...]] = (Sort.DAY, Sort.OLDEST, Sort.DUE)


@dataclass(frozen=True)
class Register:
    """Never changed once made. ``own``: the keys of each letter's questions."""

    letters: Letters = field(default_factory=Letters)
    items: Items = field(default_factory=Items)
    own: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, letters: list[LetterEntry]) -> Register:
        """A register of these letters."""
        items = Items.of(item for letter in letters for item in letter.items)
        return cls(Letters.of(letters), items, {one.key: tuple(item.id for item in one.items) for one in letters})

    def changed(self, letters: dict[str, LetterEntry | None]) -> Register:
        """With these letters as they are now; None: there is none."""
        items: dict[str, ItemEntry | None] = {}
        own = dict(self.own)
        for key, letter in letters.items():
            items |= dict.fromkeys(own.pop(key, ()))
            if letter is not None:
                items |= {item.id: item for item in letter.items}
                own[key] = tuple(item.id for item in letter.items)
        return Register(self.letters.changed(letters), self.items.changed(items), own)

    def overdue_letters(self, today: date) -> int:
        """Letters that wait for their answer after its day, as bits."""
        return self.letters.before(Sort.DUE, (today.toordinal(),))

    def overdue_items(self, today: date) -> int:
        """Questions that are open after their day, as bits."""
        return self.items.before(Sort.DUE, (today.toordinal(),))

    def open_items(self) -> int:
        """Questions that wait for an answer, or for what was put off, as bits."""
        return self.items.having("standing", Standing.WAITING) | self.items.having("standing", Standing.DEFERRED)
