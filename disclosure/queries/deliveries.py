"""How far each letter of a case has come on its way, read from the ledger; and when the next period begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.delivery import DeliveryEntry
from disclosure.models.letter import Letter
from disclosure.models.letter_correction import LetterCorrection, ReplacementState
from disclosure.models.print_run import PrintOrder, PrintRun
from disclosure.queries.keys import letters
from disclosure.rules import arrival
from disclosure.rules.arrival import Step


class Stage(StrEnum):
    """Where a letter is on its way."""

    ONLINE = "online"
    WAITING = "waiting"
    PRINTED = "printed"
    POSTED = "posted"
    RETURNED = "returned"
    ARRIVED = "arrived"


@dataclass(frozen=True)
class Posting:
    """One time that a letter was given to the post, and what became of it (None: not known yet)."""

    entry: DeliveryEntry
    outcome: DeliveryEntry | None

    @property
    def presumed_on(self) -> date:
        """When it is presumed to have arrived, if nothing else is known."""
        return arrival.presumed_on(self.entry.day)


@dataclass(frozen=True)
class LetterDelivery:
    """A letter's way. ``arrival`` is the entry of its first arrival; ``due_on`` is when the desk has to see to it.

    ``entries`` is the whole ledger, oldest first, with what was corrected; ``standing`` holds the ids that count.
    """

    letter: Letter
    stage: Stage
    arrival: DeliveryEntry | None
    postings: tuple[Posting, ...]
    entries: tuple[DeliveryEntry, ...]
    standing: frozenset[str]
    order: PrintOrder | None
    run: PrintRun | None
    replaced_by: Letter | None
    replaces: Letter | None
    due_on: date | None

    @property
    def in_force(self) -> bool:
        """Whether no other letter took its place."""
        return self.replaced_by is None

    @property
    def decides(self) -> bool:
        """Whether it tells the decision, so that the requester's periods run from its arrival."""
        return self.letter.decision_id is not None

    @property
    def last_return(self) -> DeliveryEntry | None:
        """The entry by which the last posting came back."""
        outcome = self.postings[-1].outcome if self.postings else None
        return outcome if outcome is not None and outcome.step is Step.RETURNED else None


def standing(entries: Sequence[DeliveryEntry]) -> list[DeliveryEntry]:
    """The entries that count: not corrected by a later one, and nothing that hangs on a posting taken away."""
    heir = {row.corrects_id: row for row in entries if row.corrects_id}
    alive = [row for row in entries if row.id not in heir and row.step is not Step.VOID]
    postings = {row.id for row in alive if row.step is Step.POSTED}
    return [row for row in alive if row.posting_id is None or _last(row.posting_id, heir) in postings]


def _last(entry_id: str, heir: dict[str, DeliveryEntry]) -> str:
    """The entry that stands in an entry's place."""
    while entry_id in heir:
        entry_id = heir[entry_id].id
    return entry_id


def deliveries(session: Session, case: Case) -> list[LetterDelivery]:
    """Every letter of the case with its way, oldest first."""
    rows = letters(session, case)
    if not rows:
        return []
    ledger = list(
        session.scalars(
            select(DeliveryEntry)
            .where(DeliveryEntry.case_id == case.id)
            .order_by(DeliveryEntry.entered_at, DeliveryEntry.id)
        )
    )
    orders = list(
        session.scalars(select(PrintOrder).where(PrintOrder.case_id == case.id).order_by(PrintOrder.ordered_at))
    )
    printed = [row.run_id for row in orders if row.run_id is not None]
    runs = {row.id: row for row in session.scalars(select(PrintRun).where(PrintRun.id.in_(printed)))} if printed else {}
    replaced = _replacements(session, case)
    by_id = {row.id: row for row in rows}
    found = []
    for letter in rows:
        new = replaced.get(letter.id)
        old = next((first for first, second in replaced.items() if second == letter.id), None)
        found.append(
            _delivery(
                letter,
                [row for row in ledger if row.letter_id == letter.id],
                [row for row in orders if row.letter_id == letter.id],
                runs,
                replaced_by=by_id.get(new) if new else None,
                replaces=by_id.get(old) if old else None,
            )
        )
    return found


def in_force(found: Sequence[LetterDelivery]) -> LetterDelivery | None:
    """The decision's letter that counts: the newest that no other replaced."""
    return next((row for row in reversed(found) if row.in_force and row.decides), None)


def on_its_way(letter: LetterDelivery | None, *, released: bool) -> bool:
    """Whether a case must stay open for its letter: it has still to be posted, came back, or is not known to have
    arrived (which is no matter once the records are released).
    """
    if letter is None:
        return False
    if letter.stage in (Stage.WAITING, Stage.PRINTED, Stage.RETURNED):
        return True
    return letter.arrival is None and not released


def _replacements(session: Session, case: Case) -> dict[str, str]:
    wanted = select(LetterCorrection.letter_id, LetterCorrection.new_letter_id).where(
        LetterCorrection.case_id == case.id, LetterCorrection.state == ReplacementState.ISSUED
    )
    return {old: new for old, new in session.execute(wanted) if new is not None}


def _delivery(
    letter: Letter,
    entries: Sequence[DeliveryEntry],
    orders: Sequence[PrintOrder],
    runs: dict[str, PrintRun],
    *,
    replaced_by: Letter | None,
    replaces: Letter | None,
) -> LetterDelivery:
    count = standing(entries)
    heir = {row.corrects_id: row for row in entries if row.corrects_id}
    outcomes = {_last(row.posting_id, heir): row for row in count if row.posting_id is not None}
    postings = tuple(Posting(row, outcomes.get(row.id)) for row in count if row.step is Step.POSTED)
    arrivals = [row for row in count if row.step is Step.ARRIVED]
    arrived = min(arrivals, key=lambda row: (row.day, row.entered_at), default=None)
    live = [row for row in orders if row.dropped_at is None]
    order = live[-1] if live else None
    run = runs.get(order.run_id) if order is not None and order.run_id else None
    posted_runs = {row.entry.run_id for row in postings}
    stage = _stage(arrived, postings, order, printed=run is not None and run.id not in posted_runs)
    return LetterDelivery(
        letter=letter,
        stage=stage,
        arrival=arrived,
        postings=postings,
        entries=tuple(entries),
        standing=frozenset(row.id for row in count),
        order=order,
        run=run,
        replaced_by=replaced_by,
        replaces=replaces,
        due_on=None if replaced_by is not None else _due(letter, stage, order, postings),
    )


def _stage(
    arrived: DeliveryEntry | None, postings: Sequence[Posting], order: PrintOrder | None, *, printed: bool
) -> Stage:
    if arrived is not None:
        return Stage.ARRIVED
    if order is not None and order.run_id is None:
        return Stage.WAITING
    if printed:
        return Stage.PRINTED
    if postings:
        last = postings[-1].outcome
        return Stage.RETURNED if last is not None and last.step is Step.RETURNED else Stage.POSTED
    return Stage.ONLINE


def _due(letter: Letter, stage: Stage, order: PrintOrder | None, postings: Sequence[Posting]) -> date | None:
    """When the desk has to look after a letter that has not arrived."""
    if stage in (Stage.WAITING, Stage.PRINTED):
        return arrival.post_by(order.ordered_on if order is not None else letter.issued_on)
    if stage is Stage.POSTED:
        return postings[-1].presumed_on
    if stage is Stage.RETURNED:
        outcome = postings[-1].outcome
        return outcome.day if outcome is not None else None
    return arrival.open_by(letter.issued_on) if stage is Stage.ONLINE else None
