"""The steps of an appeal: mending, accepting, passing on, the board, its report, withdrawing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.appeal import Appeal
from disclosure.models.case import Case
from disclosure.models.event import Audience
from disclosure.operations.appeals import MISSING, NOT_THEN, note_step
from disclosure.operations.filing import Upload, seal_files
from disclosure.operations.history import book, tell
from disclosure.operations.notify import notify_resident
from disclosure.policy import Right
from disclosure.rules.appeals import AppealAction, AppealState, after, route, terms
from disclosure.rules.kinds import FileKind
from portal.core import screening
from portal.core.actor import Actor, ActorKind
from portal.core.calendar import roll_forward
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict, Invalid
from portal.core.vault import CaseKey

# What happens before the board (設置法 第9条から第13条まで); the appellant does not see the first two.
BOARD_STEPS = ("index-asked", "index-sent", "explained", "opinion-written", "opinion-oral", "heard", "other")
INSIDE = frozenset({"index-asked", "index-sent", "other"})


def move(session: Session, case: Case, row: Appeal, action: AppealAction) -> AppealState:
    """The state that an action leads to; Conflict when it is not possible."""
    session.refresh(row, with_for_update=True)
    return after(row.state, action, route(case.regime, case.law_day).way)


def _done(
    session: Session, case: Case, row: Appeal, verb: str, *, by: Actor, at: datetime, audience: Audience, **days: str
) -> None:
    session.flush()
    if audience is Audience.RESIDENT:
        notify_resident(session, case, f"appeal:{row.id}:{verb}", at=at)
    tell(session, case, f"appeal-{verb}", by=by, at=at, audience=audience, **days)
    book(session, case, f"appeal-{verb}", by=by, at=at, appeal=row.id)


def ask_correction(
    session: Session, case: Case, row: Appeal, note: str, due_on: date | None, *, key: CaseKey, by: Actor, at: datetime
) -> None:
    """Ask for a defect of the appeal to be mended (行政不服審査法 第23条)."""
    policy.check(by, Right.HANDLE_APPEAL, case)
    state = move(session, case, row, AppealAction.ASK_CORRECTION)
    if not note.strip():
        raise Invalid(N_("Say what needs to be mended."), field="note")
    today = day_in_japan(at)
    chosen = due_on or roll_forward(today + timedelta(days=terms(row.filed_on).correction_days))
    if chosen < today:
        raise Invalid(N_("This day has passed."), field="day")
    row.state, row.next_day = state, chosen
    note_step(session, row, "correction-asked", note, key=key, by=by, at=at)
    _done(session, case, row, "correction-asked", by=by, at=at, audience=Audience.RESIDENT, due_on=chosen.isoformat())


def answer_correction(
    session: Session,
    case: Case,
    row: Appeal,
    answer: str,
    *,
    key: CaseKey,
    by: Actor,
    at: datetime,
    arrived_on: date | None = None,
    uploads: Sequence[Upload] = (),
) -> None:
    """What was missing has come: from the appellant, or entered by staff."""
    policy.check(by, Right.APPEAL if by.kind is ActorKind.RESIDENT else Right.HANDLE_APPEAL, case)
    state = move(session, case, row, AppealAction.ANSWER_CORRECTION)
    if not answer.strip():
        raise Invalid(MISSING, field="note")
    row.state, row.next_day = state, None
    note_step(session, row, "corrected", answer, day=_past(arrived_on, row, at), key=key, by=by, at=at)
    if uploads:
        seal_files(session, case, key, uploads, FileKind.EVIDENCE, by=by, at=at)
    _done(session, case, row, "corrected", by=by, at=at, audience=Audience.RESIDENT)


def accept(session: Session, case: Case, row: Appeal, excuse: str, *, key: CaseKey, by: Actor, at: datetime) -> None:
    """Find the appeal lawful. One that came too late needs the just reason for it (第18条第1項・第2項ただし書)."""
    policy.check(by, Right.HANDLE_APPEAL, case)
    state = move(session, case, row, AppealAction.ACCEPT)
    if not row.in_time and not excuse.strip():
        raise Invalid(
            N_("It came too late. Write the just reason for which it is accepted, or reject it."), field="note"
        )
    row.state, row.accepted_on, row.excused = state, day_in_japan(at), not row.in_time
    note_step(session, row, "accepted", excuse, key=key, by=by, at=at)
    _done(session, case, row, "accepted", by=by, at=at, audience=Audience.RESIDENT)


def forward(session: Session, case: Case, row: Appeal, note: str, *, key: CaseKey, by: Actor, at: datetime) -> None:
    """Pass the appeal on to the body that decides it; here it ends with that."""
    policy.check(by, Right.HANDLE_APPEAL, case)
    row.state = move(session, case, row, AppealAction.FORWARD)
    row.forwarded_to = route(case.regime, case.law_day).decider_ja
    row.ended_on = day_in_japan(at)
    note_step(session, row, "forwarded", note, key=key, by=by, at=at)
    _done(session, case, row, "forwarded", by=by, at=at, audience=Audience.RESIDENT)


def report(
    session: Session,
    case: Case,
    row: Appeal,
    number: str,
    day: date,
    note: str,
    *,
    key: CaseKey,
    by: Actor,
    at: datetime,
) -> None:
    """Enter the board's report (答申): its number, its day, what it says."""
    policy.check(by, Right.HANDLE_APPEAL, case)
    state = move(session, case, row, AppealAction.REPORT)
    screening.line(number, field="number")
    for field, text in (("number", number), ("note", note)):
        if not text.strip():
            raise Invalid(MISSING, field=field)
    if row.consulted_on is None or not row.consulted_on <= day <= day_in_japan(at):
        raise Invalid(NOT_THEN, field="day")
    row.state, row.reported_on, row.report_number = state, day, number.strip()
    note_step(session, row, "reported", note, day=day, key=key, by=by, at=at)
    _done(session, case, row, "reported", by=by, at=at, audience=Audience.RESIDENT)


def withdraw_appeal(
    session: Session, case: Case, row: Appeal, note: str, *, key: CaseKey, by: Actor, at: datetime
) -> None:
    """The appellant withdraws in writing (行政不服審査法 第27条)."""
    policy.check(by, Right.APPEAL if by.kind is ActorKind.RESIDENT else Right.HANDLE_APPEAL, case)
    row.state = move(session, case, row, AppealAction.WITHDRAW)
    row.next_day, row.ended_on = None, day_in_japan(at)
    note_step(session, row, "withdrawn", note, key=key, by=by, at=at)
    _done(session, case, row, "withdrawn", by=by, at=at, audience=Audience.RESIDENT)


def enter_board_step(
    session: Session, case: Case, row: Appeal, code: str, day: date, note: str, *, key: CaseKey, by: Actor, at: datetime
) -> None:  # fmt: skip
    """Enter what happens before the board: the list of what is withheld, opinions, the day of a hearing."""
    policy.check(by, Right.HANDLE_APPEAL, case)
    if row.state is not AppealState.CONSULTED:
        raise Conflict(N_("The board is not at work on this appeal."))
    if code not in BOARD_STEPS:
        raise Invalid(N_("Please choose one."), field="code")
    if row.consulted_on is None or day < row.consulted_on:
        raise Invalid(NOT_THEN, field="day")
    note_step(session, row, code, note, day=day, key=key, by=by, at=at, inside=code in INSIDE)
    book(session, case, "appeal-noted", by=by, at=at, appeal=row.id, code=code)


def _past(day: date | None, row: Appeal, at: datetime) -> date:
    """A day between the appeal and today; today when none is given."""
    today = day_in_japan(at)
    if day is not None and not row.filed_on <= day <= today:
        raise Invalid(NOT_THEN, field="day")
    return day or today
