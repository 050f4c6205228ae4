"""Walking through a request at random, by the same verbs that residents and staff use, and what must hold after each.

The walk keeps a book of its own: what was told to whom on which day. The days of the clock are counted from it one by
one, without the room's own arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.decision import DecisionState
from disclosure.operations import extend
from disclosure.operations.correct import answer_correction, ask_correction, give_up_correction
from disclosure.operations.decide import approve, draft, send_back, send_for_approval
from disclosure.operations.deliver import hand_over
from disclosure.operations.extend import Wanted
from disclosure.operations.identity_check import confirm_identity, start_identity_check
from disclosure.operations.issue import issue
from disclosure.operations.records import attach_record, remove_record
from disclosure.operations.release import choose_method, close, release
from disclosure.operations.submit import submit
from disclosure.operations.withdraw import withdraw
from disclosure.queries.deliveries import deliveries, in_force
from disclosure.queries.keys import case_files, case_key
from disclosure.rules import states
from disclosure.rules.decisions import DISCLOSES, DecisionType, Reason
from disclosure.rules.extensions import ExtensionGround, ExtensionKind
from disclosure.rules.identity import Checked
from disclosure.rules.kinds import Delivery, FileKind, Format
from disclosure.rules.states import Action, State
from portal.core.actor import PUBLIC, Actor
from portal.core.clock import day_in_japan
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.settings import Settings
from portal.core.vault import OfficeVault
from tests.disclosure import walking_beside as beside
from tests.factories import disclosure as make

DAY = timedelta(days=1)
# Plain SQL, for there are very many steps. The version of a case goes up with each change of its row.
PICTURE = text(
    "SELECT version, state, due_on, next_due_on,"
    " (SELECT count(*) FROM disclosure_case_event WHERE case_id = :case),"
    " (SELECT count(*) FROM disclosure_case_file WHERE case_id = :case),"
    " (SELECT group_concat(one) FROM"
    " (SELECT id || state AS one FROM disclosure_decision WHERE case_id = :case ORDER BY id)),"
    " (SELECT count(*) FROM letters_number), (SELECT count(*) FROM audit_entry)"
    " FROM disclosure_case WHERE id = :case"
)
DECISIONS = text("SELECT id, type, state, drafted_by, approved_by FROM disclosure_decision WHERE case_id = :case")
HISTORY = text(
    "SELECT (SELECT count(*) FROM disclosure_case_event WHERE case_id = :case),"
    " (SELECT count(*) FROM disclosure_letter), (SELECT count(*) FROM letters_number)"
)
REFUSALS = (Conflict, Invalid, Forbidden)
BEFORE = frozenset(State) - states.ENDED - states.NOTIFIED
REASONS = {
    DecisionType.NONE: [make.REASON],
    DecisionType.NOT_HELD: [make.NOT_HELD],
    DecisionType.FORM: [Reason("請求書", "N10", "補正を求めた事項", "期限までに補正されませんでした")],
}


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

    session: Session
    settings: Settings
    office: OfficeVault
    regime: str
    count: Count
    secrets: Callable[[], Any]
    asks: dict[str, Any]


class Walker:
    """One request on its way."""

    def __init__(self, world: World, case: Case, book: Book, at: datetime) -> None:
        self.world, self.case, self.book, self.at = world, case, book, at
        self.session = world.session
        self.key = case_key(world.office, case)
        self.taken: list[str] = []

    @classmethod
    def files(cls, world: World, at: datetime) -> Walker:
        """A request that arrives now."""
        secrets = world.secrets()
        case = submit(
            world.session,
            make.an_application(files=(), wants_mail=False, **world.asks),
            submission_key=f"walk-{secrets.case_id}",
            access_code=secrets.access_code,
            vault=world.office,
            organisation=world.settings.organisation,
            by=PUBLIC,
            at=at,
            secrets=secrets,
        ).case
        world.session.flush()
        world.session.refresh(case)
        return cls(world, case, Book(case.received_on), at)

    def again(self) -> Walker:
        """The same request at the same moment, with a book of its own."""
        self.session.refresh(self.case)
        return Walker(self.world, self.case, deepcopy(self.book), self.at)

    @property
    def today(self) -> date:
        return day_in_japan(self.at)

    def wait(self, days: int) -> None:
        """Let days pass."""
        self.at += days * DAY

    def tries(self, verb: str, choice: int) -> bool:
        """Try something; false when it was refused, and then nothing may have changed."""
        before = self._picture()
        try:
            with self.session.begin_nested():
                VERBS[verb](self, choice)
                self.session.flush()
        except REFUSALS:
            self.session.refresh(self.case)
            assert self._picture() == before, f"{verb} was refused and changed something"
            return False
        self.taken.append(f"{self.today} {verb}")
        return True

    def likely(self) -> list[str]:
        """The verbs that the table of states allows now, and those that stand beside it; what ends a walk is rare."""
        possible = {action.value for action in states.possible(self.case.state)}
        return [verb for verb in VERBS if verb in possible or verb in BESIDE for _ in range(WEIGHTS.get(verb, 4))]

    # What must hold after every step.

    def check(self) -> None:
        """Every promise of the procedure."""
        self.session.refresh(self.case)
        self._no_day_is_lost()
        self._somebody_has_a_duty()
        self._nothing_leaves_too_early()
        self._no_decision_is_gone()
        self._the_history_only_grows()

    def _no_day_is_lost(self) -> None:
        if self.case.state in BEFORE - {State.CORRECTION}:
            assert self.case.due_on == self.counted(), self.taken

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
        case = self.case
        if case.state in states.ENDED:
            assert case.ended_on is not None
            assert case.next_due_on is None
        else:
            assert case.next_due_on is not None, self.taken
            if case.state in BEFORE - {State.CORRECTION}:
                assert case.next_due_on <= case.due_on, "an answer of a third party may be due before"

    def _nothing_leaves_too_early(self) -> None:
        case = self.case
        if case.released_at is not None:
            assert case.decision_type in DISCLOSES
            assert case.release_from is None or day_in_japan(case.released_at) >= case.release_from, self.taken

        beside.nothing_left_under_a_lock(self)

    def released_on(self) -> date:
        """The day on which the records were handed out. ValueError before."""
        if self.case.released_at is None:
            raise ValueError("Nothing was handed out.")
        return day_in_japan(self.case.released_at)

    def _no_decision_is_gone(self) -> None:
        rows = self.session.connection().execute(DECISIONS, {"case": self.case.id}).all()
        found = {row.id: row.type for row in rows if row.state == DecisionState.ISSUED}
        assert self.book.issued.items() <= found.items(), self.taken
        assert all(row.approved_by != row.drafted_by for row in rows)
        self.book.issued = found

    def _the_history_only_grows(self) -> None:
        events, letters, numbers = self.session.connection().execute(HISTORY, {"case": self.case.id}).one()
        assert events >= self.book.events
        assert numbers == letters, "each number has its letter"
        self.book.events = events

    def _picture(self) -> tuple[Any, ...]:
        """All that a refused step must leave as it is, in one question."""
        self.session.flush()
        return tuple(self.session.connection().execute(PICTURE, {"case": self.case.id}).one())


def _ask(walk: Walker, choice: int) -> None:
    ask_correction(walk.session, walk.case, ["address"], vault=walk.world.office, by=make.RECEPTION, at=walk.at)
    walk.book.corrections.append([walk.today, None])


def _answer(walk: Walker, choice: int) -> None:
    sent = walk.book.corrections[-1][0] if walk.book.corrections else walk.today
    arrived = max(sent or walk.today, walk.today - choice % 3 * DAY)
    answer_correction(
        walk.session, walk.case, key=walk.key, vault=walk.world.office, by=make.RECEPTION, at=walk.at,
        answer="見本", arrived_on=arrived,
    )  # fmt: skip
    walk.book.corrections[-1][1] = arrived


def _give_up(walk: Walker, choice: int) -> None:
    give_up_correction(walk.session, walk.case, by=make.OFFICER, at=walk.at)
    walk.book.corrections[-1][1] = walk.today


def _attach(walk: Walker, choice: int) -> None:
    upload = make.an_upload("申請書.png")
    attach_record(walk.session, walk.case, upload, vault=walk.world.office, by=make.OFFICER, at=walk.at)


def _remove(walk: Walker, choice: int) -> None:
    found = case_files(walk.session, walk.case, FileKind.RECORD)
    file_id = found[0].id if found else "none"
    if not found:
        raise Conflict
    remove_record(walk.session, walk.case, file_id, by=make.OFFICER, at=walk.at)


def _draft(walk: Walker, choice: int) -> None:
    kind = (DecisionType.FULL, DecisionType.NONE, DecisionType.NOT_HELD, DecisionType.FORM)[choice % 4]
    why = REASONS.get(kind, [])
    draft(walk.session, walk.case, kind, why, vault=walk.world.office, by=make.OFFICER, at=walk.at)


def _approver(choice: int) -> Actor:
    """Mostly the approver; at times the officer who drafted, who must not."""
    return make.OFFICER if choice % 5 == 0 else make.APPROVER


def _issue(walk: Walker, choice: int) -> None:
    issue(
        walk.session, walk.case, settings=walk.world.settings, vault=walk.world.office, signer=None,
        by=make.APPROVER, at=walk.at,
    )  # fmt: skip


def _extend(walk: Walker, choice: int) -> None:
    days = 1 + choice % 40
    wanted = Wanted(ExtensionKind.EXTENSION, "見本の理由", days, ExtensionGround.BURDEN)
    _tell(walk, wanted, choice)
    walk.book.more_days = days


def _special(walk: Walker, choice: int) -> None:
    wanted = Wanted(ExtensionKind.SPECIAL, "見本の理由", rest_on=walk.case.received_on + (100 + choice % 100) * DAY)
    _tell(walk, wanted, choice)
    walk.book.part_in = 60


def _tell(walk: Walker, wanted: Wanted, choice: int) -> None:
    world = walk.world
    extend.draft_extension(walk.session, walk.case, wanted, vault=world.office, by=make.OFFICER, at=walk.at)
    extend.issue_extension(
        walk.session, walk.case, settings=world.settings, vault=world.office, signer=None, by=_approver(choice),
        at=walk.at,
    )  # fmt: skip


def _arrive(walk: Walker, choice: int) -> None:
    letter = in_force(deliveries(walk.session, walk.case))
    if letter is None or letter.arrival is not None:
        raise Conflict
    hand_over(walk.session, walk.case, letter.letter.id, walk.today, by=make.RECEPTION, at=walk.at)


def _choose(walk: Walker, choice: int) -> None:
    way = list(Delivery)[choice % len(Delivery)]
    choose_method(walk.session, walk.case, way, Format.PDF, by=make.RECEPTION, at=walk.at)


Verb = Callable[[Walker, int], object]

VERBS: dict[str, Verb] = {
    Action.START_IDENTITY_CHECK: lambda walk, n: start_identity_check(
        walk.session, walk.case, by=make.RECEPTION, at=walk.at
    ),
    Action.CONFIRM_IDENTITY: lambda walk, n: confirm_identity(
        walk.session, walk.case, [Checked("driving-licence", date(2040, 1, 1), True, n % 6 != 0)],
        by=make.RECEPTION, at=walk.at,
    ),
    Action.ASK_CORRECTION: _ask,
    Action.ANSWER_CORRECTION: _answer,
    Action.GIVE_UP_CORRECTION: _give_up,
    Action.ATTACH_RECORD: _attach,
    Action.REMOVE_RECORD: _remove,
    Action.DRAFT: _draft,
    Action.SEND_FOR_APPROVAL: lambda walk, n: send_for_approval(
        walk.session, walk.case, vault=walk.world.office, by=make.OFFICER, at=walk.at
    ),
    Action.SEND_BACK: lambda walk, n: send_back(
        walk.session, walk.case, "見本" if n % 4 else " ", vault=walk.world.office, by=make.APPROVER, at=walk.at
    ),
    Action.APPROVE: lambda walk, n: approve(walk.session, walk.case, by=_approver(n), at=walk.at),
    Action.ISSUE: _issue,
    Action.EXTEND: _extend,
    Action.APPLY_SPECIAL_PERIOD: _special,
    Action.CHOOSE_METHOD: _choose,
    Action.RELEASE: lambda walk, n: release(
        walk.session, walk.case, compared=n % 5 != 0, by=make.OFFICER, at=walk.at
    ),
    Action.CLOSE: lambda walk, n: close(walk.session, walk.case, by=make.OFFICER, at=walk.at),
    Action.WITHDRAW: lambda walk, n: withdraw(walk.session, walk.case, by=make.RECEPTION, at=walk.at),
    "arrive": _arrive,
    **beside.VERBS,
}  # fmt: skip
BESIDE = frozenset({"arrive", *beside.VERBS} - {action.value for action in Action})
STRAIGHT = (
    Action.START_IDENTITY_CHECK, Action.CONFIRM_IDENTITY, Action.ATTACH_RECORD, Action.DRAFT,
    Action.SEND_FOR_APPROVAL, Action.APPROVE, Action.ISSUE, Action.RELEASE,
)  # fmt: skip
AGAINST = (
    Action.START_IDENTITY_CHECK, Action.CONFIRM_IDENTITY, Action.ATTACH_RECORD, "ask-third-party", "hear-third-party",
    Action.DRAFT, "tell-opponent", Action.SEND_FOR_APPROVAL, Action.APPROVE, Action.ISSUE, "tell-opponent",
)  # fmt: skip
FORWARD = (*STRAIGHT, Action.ANSWER_CORRECTION)
RARE = (Action.REMOVE_RECORD, Action.SEND_BACK, "charge-fee")
WEIGHTS = {Action.WITHDRAW: 1, Action.DEEM_WITHDRAWN: 1} | dict.fromkeys(RARE, 2) | dict.fromkeys(FORWARD, 12)


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
