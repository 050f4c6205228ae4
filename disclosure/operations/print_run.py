"""Print runs: taking what waits for the post, printing it, and entering its registered-mail numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.letters import print_run as paper
from disclosure.models.case import Case, CaseKeys
from disclosure.models.delivery import DeliveryEntry
from disclosure.models.letter import Letter
from disclosure.models.print_run import PrintOrder, PrintRun
from disclosure.operations.deliver import NOT_THAT_DAY, enter, found_letter
from disclosure.operations.history import audience_of, book, tell
from disclosure.operations.look import What, look
from disclosure.operations.moving import reckon
from disclosure.policy import Right
from disclosure.queries.deliveries import standing
from disclosure.queries.keys import case_key, letter_context, letter_pdf
from disclosure.rules import arrival
from disclosure.rules.arrival import Step, Way
from portal.core import audit
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid
from portal.core.vault import OfficeVault

MOST = 50
TWICE = N_("This number stands here twice.")
TAKEN = N_("This number belongs to another letter already.")


class BadNumbers(Invalid):
    """Some of the registered-mail numbers cannot be taken: ``problems`` says which (by position) and why."""

    default = N_("Check the registered-mail numbers.")

    def __init__(self, problems: Mapping[int, str]) -> None:
        super().__init__()
        self.problems = dict(problems)


def make_run(session: Session, *, by: Actor, at: datetime) -> PrintRun:
    """Take the letters that wait, the oldest first, at most 50, into a run of their own; Conflict when none waits.

    The orders are locked while they are taken: of two runs made at once the second finds what the first left.
    """
    policy.check(by, Right.DELIVER)
    waiting = (
        select(PrintOrder)
        .join(CaseKeys, CaseKeys.case_id == PrintOrder.case_id)
        .where(PrintOrder.run_id.is_(None), PrintOrder.dropped_at.is_(None))
        .order_by(PrintOrder.ordered_at, PrintOrder.id)
        .limit(MOST)
        .with_for_update(of=PrintOrder)
    )
    orders = list(session.scalars(waiting.execution_options(populate_existing=True)))
    if not orders:
        raise Conflict(N_("No letter waits for the post."))
    run_id, day = new_id(), day_in_japan(at)
    # The journal's lock also keeps two runs from the same number of the day.
    _book(session, "make", run_id, by=by, at=at, letters=len(orders))
    last = session.scalar(select(func.max(PrintRun.number)).where(PrintRun.day == day)) or 0
    run = PrintRun(
        id=run_id, day=day, number=last + 1, letters=len(orders), made_at=at, made_by=by.id, made_name=by.name
    )
    session.add(run)
    session.flush()
    for position, order in enumerate(orders, start=1):
        order.run_id, order.position = run.id, position
    session.flush()
    return run


def print_pieces(session: Session, run: PrintRun, *, vault: OfficeVault, by: Actor) -> list[paper.Piece]:
    """The letters of a run, opened for printing. Nobody may be given them before ``record_print``."""
    policy.check(by, Right.DELIVER)
    pieces, posted = [], _posted(session, run)
    for order, letter, case in _rows(session, run):
        key = case_key(vault, case)
        context = letter_context(key, letter)
        envelope = _envelope(context)
        pieces.append(
            paper.Piece(
                position=order.position or 0,
                letter_number=letter.number,
                case_number=case.number,
                name=context["addressee"],
                postal_code=envelope["postal_code"],
                address=envelope["address"],
                honorific=context["honorific"],
                mail_number=posted.get(letter.id, ""),
                listed=policy.may_be_listed(case),
                pdf=letter_pdf(key, letter),
            )
        )
    return pieces


def _envelope(context: Mapping[str, Any]) -> Mapping[str, str]:
    """Where a letter goes: what it prints, or for a protected case what it keeps without printing it."""
    printed = {"postal_code": context.get("addressee_postal_code", ""), "address": context["addressee_address"]}
    kept: Mapping[str, str] = context.get("envelope", printed)
    return printed if printed["address"] else kept


def record_print(session: Session, run: PrintRun, *, by: Actor, at: datetime) -> None:
    """Record that the actor is given the papers of a run: a look at every case in it."""
    policy.check(by, Right.DELIVER)
    rows = _rows(session, run)
    for _order, letter, case in rows:
        look(session, case, What.LETTER, by=by, at=at, letter=letter.id, run=run.label)
    _book(session, "print", run.id, by=by, at=at, letters=len(rows))


def enter_posting(
    session: Session, run: PrintRun, numbers: Mapping[int, str], posted_on: date, *, by: Actor, at: datetime
) -> int:
    """Enter the registered-mail numbers of a run, by position, as typed; returns how many letters were posted.

    What is left empty stays open. BadNumbers names every number that cannot be taken; nothing is entered then.
    """
    policy.check(by, Right.DELIVER)
    if not run.day <= posted_on <= day_in_japan(at):
        raise Invalid(NOT_THAT_DAY, field="posted-on")
    rows = {order.position: (order, letter, case) for order, letter, case in _rows(session, run)}
    typed = {position: text for position, text in numbers.items() if text.strip() and position in rows}
    if not typed:
        raise Invalid(N_("Enter at least one registered-mail number."), field="numbers")
    for _order, _letter, case in sorted((rows[position] for position in typed), key=lambda row: row[2].id):
        session.refresh(case, with_for_update=True)
    # From here on nobody else enters a number: the journal's lock is held until the end.
    _book(session, "post", run.id, by=by, at=at, letters=len(typed), day=posted_on.isoformat())
    posted = _posted(session, run)
    clean = _checked(session, typed)
    for position, number in clean.items():
        _order, letter, case = rows[position]
        if letter.id in posted:
            raise Conflict(N_("The number of this letter was entered already. Correct it on the page of its way."))
        enter(
            session, case, letter.id, Step.POSTED, Way.POST, posted_on, by=by, at=at, mail_number=number, run_id=run.id
        )
        session.flush()
        reckon(session, case, today=day_in_japan(at))
        _tell(session, case, letter, posted_on, by=by, at=at)
        book(session, case, "letter-posted", by=by, at=at, letter=letter.id, run=run.label)
    return len(clean)


def correct_posting(
    session: Session, case: Case, letter_id: str, number: str, posted_on: date, *, by: Actor, at: datetime
) -> None:
    """Put another number or day in the place of what was entered about the last posting."""
    policy.check(by, Right.DELIVER, case)
    found = found_letter(session, case, letter_id)
    if not found.postings:
        raise Conflict(N_("This letter was not posted."))
    old = found.postings[-1].entry
    outcome = found.postings[-1].outcome
    if not found.letter.issued_on <= posted_on <= (outcome.day if outcome is not None else day_in_japan(at)):
        raise Invalid(NOT_THAT_DAY, field="posted-on")
    _book(session, "correct", old.run_id or "", by=by, at=at, letters=1)
    try:
        clean = _checked(session, {0: number}, but=old.id)
    except BadNumbers as error:
        raise Invalid(error.problems[0], field="mail-number") from error
    enter(
        session,
        case,
        letter_id,
        Step.POSTED,
        Way.POST,
        posted_on,
        by=by,
        at=at,
        mail_number=clean[0],
        run_id=old.run_id,
        corrects_id=old.id,
    )
    session.flush()
    reckon(session, case, today=day_in_japan(at))
    _tell(session, case, found.letter, posted_on, by=by, at=at)
    book(session, case, "correct-delivery", by=by, at=at, letter=letter_id, entry=old.id)


def _rows(session: Session, run: PrintRun) -> Sequence[tuple[PrintOrder, Letter, Case]]:
    wanted = (
        select(PrintOrder, Letter, Case)
        .join(Letter, Letter.id == PrintOrder.letter_id)
        .join(Case, Case.id == PrintOrder.case_id)
        .where(PrintOrder.run_id == run.id)
        .order_by(PrintOrder.position)
    )
    return [(order, letter, case) for order, letter, case in session.execute(wanted)]


def _posted(session: Session, run: PrintRun) -> dict[str, str]:
    """The standing registered-mail number of each letter of the run that was posted."""
    rows = list(session.scalars(select(DeliveryEntry).where(DeliveryEntry.run_id == run.id)))
    gone = set(
        session.scalars(
            select(DeliveryEntry.corrects_id).where(DeliveryEntry.corrects_id.in_([row.id for row in rows]))
        )
    )
    return {row.letter_id: row.mail_number or "" for row in rows if row.id not in gone}


def _checked(session: Session, typed: Mapping[int, str], *, but: str = "") -> dict[int, str]:
    """The numbers in one spelling; BadNumbers for a wrong shape, one typed twice, or another letter's."""
    clean: dict[int, str] = {}
    problems: dict[int, str] = {}
    for position, text in typed.items():
        try:
            clean[position] = arrival.mail_number(text)
        except Invalid as error:
            problems[position] = error.message
    counts = list(clean.values())
    taken = _taken(session, counts, but)
    for position, number in clean.items():
        if counts.count(number) > 1:
            problems[position] = TWICE
        elif number in taken:
            problems[position] = TAKEN
    if problems:
        raise BadNumbers(problems)
    return clean


def _taken(session: Session, numbers: Sequence[str], but: str) -> set[str]:
    """Which of the numbers stand for a posting already."""
    rows = list(session.scalars(select(DeliveryEntry).where(DeliveryEntry.mail_number.in_(numbers))))
    letters = list(
        session.scalars(select(DeliveryEntry).where(DeliveryEntry.letter_id.in_({row.letter_id for row in rows})))
    )
    return {row.mail_number or "" for row in standing(letters) if row.mail_number in numbers and row.id != but}


def _tell(session: Session, case: Case, letter: Letter, posted_on: date, *, by: Actor, at: datetime) -> None:
    audience, day = audience_of(letter), posted_on.isoformat()
    tell(session, case, "letter-posted", by=by, at=at, audience=audience, posted_on=day, number=letter.number)


def _book(session: Session, verb: str, run_id: str, *, by: Actor, at: datetime, **detail: str | int) -> None:
    audit.record(session, at=at, actor=by, action=f"disclosure.print-run.{verb}", subject=run_id, detail=detail)
