"""The print queue: what waits for the post, the runs of the last days, and what the post has not told yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case, CaseKeys
from disclosure.models.delivery import DeliveryEntry
from disclosure.models.letter import Letter
from disclosure.models.print_run import PrintOrder, PrintRun
from disclosure.policy import Right
from disclosure.queries.deliveries import standing
from disclosure.rules import arrival
from disclosure.rules.arrival import Cause, Step
from portal.core.actor import Actor
from portal.core.errors import NotFound

RUNS = 20


@dataclass(frozen=True)
class WaitingLetter:
    """A letter that no run has taken yet. ``late``: it should have been posted before today."""

    case_number: str
    letter_id: str
    letter_number: str
    issued_on: date
    ordered_on: date
    cause: Cause
    post_by: date
    late: bool


@dataclass(frozen=True)
class RunRow:
    """A run: how many of its letters were posted, and of how many the post has told what became of them."""

    label: str
    day: date
    made_at: datetime
    made_name: str
    letters: int
    posted: int
    settled: int
    returned: int
    late: bool


@dataclass(frozen=True)
class RunLetter:
    """A letter of a run. ``mail_number`` is empty until it is posted; ``outcome`` until the post has told."""

    position: int
    case_number: str
    letter_id: str
    letter_number: str
    mail_number: str
    posted_on: date | None
    presumed_on: date | None
    outcome: DeliveryEntry | None


@dataclass(frozen=True)
class Queue:
    """The page."""

    waiting: tuple[WaitingLetter, ...]
    runs: tuple[RunRow, ...]


def print_queue(session: Session, *, actor: Actor, today: date) -> Queue:
    """Everything on the page of the print queue. It shows numbers only, so nothing is opened."""
    policy.check(actor, Right.DELIVER)
    wanted = (
        select(PrintOrder, Case.number, Letter.number, Letter.issued_on)
        .join(Case, Case.id == PrintOrder.case_id)
        .join(CaseKeys, CaseKeys.case_id == PrintOrder.case_id)
        .join(Letter, Letter.id == PrintOrder.letter_id)
        .where(PrintOrder.run_id.is_(None), PrintOrder.dropped_at.is_(None))
        .order_by(PrintOrder.ordered_at, PrintOrder.id)
    )
    waiting = tuple(
        WaitingLetter(
            case_number=case_number,
            letter_id=order.letter_id,
            letter_number=letter_number,
            issued_on=issued_on,
            ordered_on=order.ordered_on,
            cause=order.cause,
            post_by=arrival.post_by(order.ordered_on),
            late=arrival.post_by(order.ordered_on) < today,
        )
        for order, case_number, letter_number, issued_on in session.execute(wanted)
    )
    runs = session.scalars(select(PrintRun).order_by(PrintRun.day.desc(), PrintRun.number.desc()).limit(RUNS))
    return Queue(waiting, tuple(_row(session, run, today) for run in runs))


def find_run(session: Session, label: str, *, actor: Actor) -> PrintRun:
    """The run with this label (``2026-04-08-1``); NotFound when there is none."""
    policy.check(actor, Right.DELIVER)
    day, _, number = label.rpartition("-")
    try:
        wanted = select(PrintRun).where(PrintRun.day == date.fromisoformat(day), PrintRun.number == int(number))
    except ValueError:
        raise NotFound from None
    run = session.scalar(wanted)
    if run is None or run.label != label:
        raise NotFound
    return run


def run_letters(session: Session, run: PrintRun, *, actor: Actor) -> list[RunLetter]:
    """The letters of a run in the order of its list, by number only."""
    policy.check(actor, Right.DELIVER)
    orders = list(
        session.execute(
            select(PrintOrder, Case.number, Letter.number)
            .join(Case, Case.id == PrintOrder.case_id)
            .join(Letter, Letter.id == PrintOrder.letter_id)
            .where(PrintOrder.run_id == run.id)
            .order_by(PrintOrder.position)
        )
    )
    ledger = list(
        session.scalars(
            select(DeliveryEntry)
            .where(DeliveryEntry.letter_id.in_([order.letter_id for order, _c, _l in orders]))
            .order_by(DeliveryEntry.entered_at, DeliveryEntry.id)
        )
    )
    return [_letter(run, order, case, letter, ledger) for order, case, letter in orders]


def _letter(run: PrintRun, order: PrintOrder, case: str, number: str, ledger: Sequence[DeliveryEntry]) -> RunLetter:
    entries = [row for row in ledger if row.letter_id == order.letter_id]
    count = standing(entries)
    posted = next((row for row in count if row.step is Step.POSTED and row.run_id == run.id), None)
    of_run = {row.id for row in entries if row.run_id == run.id}
    outcome = next((row for row in reversed(count) if row.posting_id in of_run), None)
    return RunLetter(
        position=order.position or 0,
        case_number=case,
        letter_id=order.letter_id,
        letter_number=number,
        mail_number=(posted.mail_number or "") if posted else "",
        posted_on=posted.day if posted else None,
        presumed_on=arrival.presumed_on(posted.day) if posted else None,
        outcome=outcome,
    )


def _row(session: Session, run: PrintRun, today: date) -> RunRow:
    orders = list(session.scalars(select(PrintOrder).where(PrintOrder.run_id == run.id)))
    ledger = list(
        session.scalars(
            select(DeliveryEntry)
            .where(DeliveryEntry.letter_id.in_([order.letter_id for order in orders]))
            .order_by(DeliveryEntry.entered_at, DeliveryEntry.id)
        )
    )
    rows = [_letter(run, order, "", "", ledger) for order in orders]
    return RunRow(
        label=run.label,
        day=run.day,
        made_at=run.made_at,
        made_name=run.made_name,
        letters=len(rows),
        posted=sum(1 for row in rows if row.mail_number),
        settled=sum(1 for row in rows if row.outcome is not None),
        returned=sum(1 for row in rows if row.outcome is not None and row.outcome.step is Step.RETURNED),
        late=any(
            not row.mail_number and arrival.post_by(order.ordered_on) < today
            for row, order in zip(rows, orders, strict=True)
        ),
    )
