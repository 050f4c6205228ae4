"""Walking through a request at random, by the same verbs that residents and staff use, and what must hold after each.

The walk keeps a book of its own: what was told to whom on which day. The days of the clock are counted from it one by
one, without the room's own arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.decision import DecisionState
from disclosure.operations.submit import submit
from disclosure.queries.keys import case_key
from disclosure.rules import states
from disclosure.rules.decisions import DISCLOSES
from disclosure.rules.states import State
from portal.core.actor import PUBLIC
from portal.core.calendar import last_day
from portal.core.clock import day_in_japan
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.settings import Settings
from portal.core.vault import CaseKey, OfficeVault
from tests.disclosure import walking_beside as beside
from tests.disclosure.walking_ground import Ground
from tests.disclosure.walking_steps import BESIDE, VERBS, WEIGHTS
from tests.factories import disclosure as make

DAY = timedelta(days=1)
LONGEST = timedelta(days=240)  # what a notice may promise at most, with the days after it
REFUSALS = (Conflict, Invalid, Forbidden)
COUNTING = frozenset(State) - states.ENDED - states.NOTIFIED - {State.CORRECTION}


@dataclass
class Book:
    """What the walk itself remembers: corrections as (sent, arrived or None), and what made the period longer."""

    received_on: date
    corrections: list[list[date | None]] = field(default_factory=list)
    more_days: int = 0
    part_in: int = 0
    issued: dict[str, str] = field(default_factory=dict)
    events: int = 0
    opposed: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Count:
    """How a regime counts its days: how many, whether the first one counts, whether a correction stops the clock."""

    days: int = 30
    first_day: bool = False
    pauses: bool = True


@dataclass
class World:
    """What all walks share."""

    ground: Ground
    settings: Settings
    office: OfficeVault
    regime: str
    count: Count
    secrets: Callable[[], Any]
    asks: dict[str, Any]


class Walker:
    """One request on its way."""

    def __init__(self, world: World, case: Case, book: Book, at: datetime, key: CaseKey) -> None:
        self.world, self.case, self.book, self.at, self.key = world, case, book, at, key
        self.session: Session = world.ground.session
        self.stored = world.ground.stored(case.id)
        self.taken: list[str] = []

    @classmethod
    def files(cls, world: World, at: datetime) -> Walker:
        """A request that arrives now."""
        secrets = world.secrets()
        case = submit(
            world.ground.session,
            make.an_application(files=(), wants_mail=False, **world.asks),
            submission_key=f"walk-{secrets.case_id}",
            access_code=secrets.access_code,
            vault=world.office,
            organisation=world.settings.organisation,
            by=PUBLIC,
            at=at,
            secrets=secrets,
        ).case
        world.ground.session.flush()
        world.ground.session.refresh(case)
        return cls(world, case, Book(case.received_on), at, case_key(world.office, case))

    def again(self) -> Walker:
        """The same request at the same moment, with a book of its own."""
        case = self.world.ground.read(self.case.id)
        return Walker(self.world, case, deepcopy(self.book), self.at, self.key)

    @property
    def today(self) -> date:
        return day_in_japan(self.at)

    def wait(self, days: int) -> None:
        """Let days pass, as long as every period from there on ends within the calendar of holidays."""
        if self.today + days * DAY <= last_day() - LONGEST:
            self.at += days * DAY

    def tries(self, verb: str, choice: int) -> bool:
        """Try something; false when it was refused, and then nothing may have changed."""
        ground = self.world.ground
        with ground.step() as step:
            try:
                VERBS[verb](self, choice)
                self.session.flush()
            except REFUSALS:
                step.back()
        if step.undone:
            if step.touched:
                self.case = ground.read(self.case.id)
                assert ground.stored(self.case.id) == self.stored, f"{verb} was refused and changed something"
            return False
        self.stored = ground.stored(self.case.id)
        assert self.stored.agrees(self.case), f"{verb} left something unsaved"
        self.taken.append(f"{self.today} {verb}")
        return True

    def likely(self) -> list[str]:
        """The verbs that the table of states allows now, and those that stand beside it; what ends a walk is rare."""
        return verbs_in(self.stored.state)

    # What must hold after every step.

    def check(self) -> None:
        """Every promise of the procedure, by what is stored."""
        self._no_day_is_lost()
        self._somebody_has_a_duty()
        self._nothing_leaves_too_early()
        self._no_decision_is_gone()
        self._the_history_only_grows()

    def _no_day_is_lost(self) -> None:
        if self.stored.state in COUNTING:
            assert self.stored.due_on == self.counted(), self.taken

    def counted(self) -> date:
        """The last day of the decision, counted day by day from the book."""
        length = self.book.part_in or self.world.count.days + self.book.more_days
        day, left = self.book.received_on, length
        if self.world.count.first_day:
            left -= 1
        pauses = self.book.corrections if self.world.count.pauses else ()
        while left:
            day += DAY
            left -= not any(sent < day <= (arrived or self.today) for sent, arrived in pauses)
        return day

    def _somebody_has_a_duty(self) -> None:
        row = self.stored
        if row.state in states.ENDED:
            assert row.ended_on is not None
            assert row.next_due_on is None
        else:
            assert row.next_due_on is not None, self.taken
            if row.state in COUNTING:
                assert row.next_due_on <= row.due_on, "an answer of a third party may be due before"

    def _nothing_leaves_too_early(self) -> None:
        row = self.stored
        if row.released_on is not None:
            assert row.decision_type in DISCLOSES
            assert row.release_from is None or row.released_on >= row.release_from, self.taken
        beside.nothing_left_under_a_lock(self)

    def _no_decision_is_gone(self) -> None:
        rows = self.stored.decisions
        found = {row.id: row.type for row in rows if row.state == DecisionState.ISSUED}
        assert self.book.issued.items() <= found.items(), self.taken
        assert all(row.approved_by != row.drafted_by for row in rows)
        self.book.issued = found

    def _the_history_only_grows(self) -> None:
        assert self.stored.events >= self.book.events
        assert self.stored.numbers == self.stored.letters, "each number has its letter"
        self.book.events = self.stored.events


@cache
def verbs_in(state: State) -> list[str]:
    """The verbs to choose from, each as often as it weighs."""
    possible = {action.value for action in states.possible(state)}
    return [verb for verb in VERBS if verb in possible or verb in BESIDE for _ in range(WEIGHTS.get(verb, 4))]


def same_secrets(office: OfficeVault) -> Callable[[], Any]:
    """New keys for each case under one access code: stretching a code takes longer than a whole walk."""
    from disclosure.operations.submit import make_secrets
    from portal.core.access_code import new_access_code
    from portal.core.db import new_id

    first = make_secrets(office, new_access_code())

    def secrets() -> Any:
        case_id = new_id()
        key, wrap = office.new_case(case_id)
        return SimpleNamespace(
            case_id=case_id, key=key, office_wrap=wrap, access_code=first.access_code, lock=first.lock
        )

    return secrets
