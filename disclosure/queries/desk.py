"""The desk: open cases in the order of what is due next. It shows no personal data, so listing needs no key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, case, func, literal, or_, select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.extension import Extension, ExtensionState
from disclosure.queries.absences import stands_in_for
from disclosure.queries.duties import Duty, duty_of, in_queue
from disclosure.queries.names import NameIndexes
from disclosure.rules.kinds import CaseKind, Channel, RecordKind
from disclosure.rules.numbering import read_receipt_number
from disclosure.rules.states import NOTIFIED, State
from portal.accounts.models import StaffAccount
from portal.core.actor import Actor

PAGE = 50
MOST_COUNTED = 10_000
SOON = timedelta(days=7)


class Scope(StrEnum):
    """Which part of the desk."""

    OPEN = "open"
    MINE = "mine"
    FREE = "free"
    OVERDUE = "overdue"
    ENDED = "ended"


@dataclass(frozen=True)
class Filter:
    """What to list; ``number`` (as typed), ``name`` and ``birth`` (``queries.names``) find single cases.

    ``assignee_id`` is somebody in charge, ``department_id`` the department of whoever is.
    """

    scope: Scope = Scope.OPEN
    state: State | None = None
    duty: Duty | None = None
    assignee_id: str | None = None
    department_id: str | None = None
    number: str = ""
    name: NameIndexes | None = None
    birth: str = ""
    page: int = 1


@dataclass(frozen=True)
class Row:
    """One case on the desk. ``days_left`` counts from today to ``next_due_on``; negative when it has passed.

    ``instead_of`` is who is in charge and away, when whoever looks stands in for them.
    """

    number: str
    state: State
    records: RecordKind
    channel: Channel
    received_on: date
    due_on: date
    target_on: date
    next_due_on: date | None
    days_left: int | None
    overdue: bool
    paused: bool
    assignee_id: str | None
    assignee_name: str
    decision_type: str | None
    more_time: ExtensionState | None = None
    kind: CaseKind = CaseKind.DISCLOSURE
    part_of_id: str | None = None
    anew_of_id: str | None = None
    protected: bool = False
    instead_of: str = ""


@dataclass(frozen=True)
class Desk:
    """One page of the desk; ``total`` cases match, or more where ``uncounted``: then there may be more ``pages``."""

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int
    uncounted: bool = False


@dataclass(frozen=True)
class Counts:
    """How much is on the desk; ``by_duty`` has every duty."""

    open: int
    mine: int
    free: int
    overdue: int
    soon: int
    by_duty: dict[Duty, int]


def desk(session: Session, wanted: Filter, *, actor: Actor, today: date, receipt_mark: str = "開") -> Desk:
    """A page of cases, the next due first. Raises Forbidden without a role at the desk."""
    policy.check(actor, policy.Right.SEE_DESK)
    for_whom = stands_in_for(session, actor, today=today)
    conditions = _conditions(wanted, (actor.id, *for_whom), today, receipt_mark)
    # Counting every case that ever ended costs more than the page: past so many, pages go on uncounted.
    some = select(literal(1)).select_from(Case).where(*conditions).limit(MOST_COUNTED + 1).subquery()
    total = session.scalar(select(func.count()).select_from(some)) or 0
    pages, page = max(1, -(-total // PAGE)), max(1, wanted.page)
    uncounted = total > MOST_COUNTED
    page = page if uncounted else min(page, pages)
    columns = select(
        Case.number,
        Case.state,
        Case.records,
        Case.kind,
        Case.part_of_id,
        Case.anew_of_id,
        Case.protected,
        Case.channel,
        Case.received_on,
        Case.due_on,
        Case.target_on,
        Case.next_due_on,
        Case.assignee_id,
        Case.assignee_name,
        Case.decision_type,
    )
    order = (
        (Case.ended_on.desc(), Case.number.desc()) if wanted.scope is Scope.ENDED else (Case.next_due_on, Case.number)
    )
    # What is passed over on the way to a late page is counted in an index of numbers; only the page itself is read.
    shown_numbers = select(Case.number).where(*conditions).order_by(*order).limit(PAGE).offset((page - 1) * PAGE)
    found = session.execute(columns.where(Case.number.in_(session.scalars(shown_numbers).all())).order_by(*order))
    rows = [_row(row._asdict(), today) for row in found]
    longer = _more_time(session, [row.number for row in rows])
    shown = (
        replace(row, more_time=longer.get(row.number), instead_of=for_whom.get(row.assignee_id or "", ""))
        for row in rows
    )
    further = page + (len(rows) == PAGE)
    return Desk(tuple(shown), min(total, MOST_COUNTED), page, max(pages, further) if uncounted else pages, uncounted)


def counts(session: Session, *, actor: Actor, today: date) -> Counts:
    """The numbers over the desk, in one pass over the open cases."""
    policy.check(actor, policy.Right.SEE_DESK)
    mine = (actor.id, *stands_in_for(session, actor, today=today))

    def number(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((condition, 1), else_=0))

    wanted = select(
        Case.state,
        Case.decision_type,
        func.count(),
        number(Case.assignee_id.in_(mine)),
        number(Case.assignee_id.is_(None)),
        number(Case.next_due_on < today),
        number(Case.next_due_on.between(today, today + SOON)),
    ).where(Case.ended_on.is_(None))
    by_duty, sums = dict.fromkeys(Duty, 0), [0, 0, 0, 0, 0]
    for state, decision, *numbers in session.execute(wanted.group_by(Case.state, Case.decision_type)):
        duty = duty_of(state, decision)
        if duty is not None:
            by_duty[duty] += numbers[0]
        sums = [before + int(more) for before, more in zip(sums, numbers, strict=True)]
    return Counts(open=sums[0], mine=sums[1], free=sums[2], overdue=sums[3], soon=sums[4], by_duty=by_duty)


def matching(session: Session, wanted: Filter, *, actor: Actor, today: date) -> int:
    """How many cases a filter finds."""
    policy.check(actor, policy.Right.SEE_DESK)
    mine = (actor.id, *stands_in_for(session, actor, today=today))
    return session.scalar(select(func.count()).select_from(Case).where(*_conditions(wanted, mine, today, ""))) or 0


def _conditions(wanted: Filter, mine: tuple[str, ...], today: date, mark: str) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if not wanted.number and wanted.name is None and not wanted.birth:
        ended = wanted.scope is Scope.ENDED
        found.append(Case.ended_on.is_not(None) if ended else Case.ended_on.is_(None))
    if wanted.scope is Scope.MINE:
        found.append(Case.assignee_id.in_(mine))
    elif wanted.scope is Scope.FREE:
        found.append(Case.assignee_id.is_(None))
    elif wanted.scope is Scope.OVERDUE:
        found.append(Case.next_due_on < today)
    if wanted.state is not None:
        found.append(Case.state == wanted.state)
    if wanted.duty is not None:
        found.append(in_queue(wanted.duty))
    if wanted.assignee_id is not None:
        found.append(Case.assignee_id == wanted.assignee_id)
    if wanted.department_id is not None:
        found.append(
            Case.assignee_id.in_(select(StaffAccount.id).where(StaffAccount.department_id == wanted.department_id))
        )
    if wanted.number:
        found.append(Case.number == (read_receipt_number(wanted.number, mark=mark) or wanted.number))
    if wanted.name is not None:
        found.append(or_(Case.name_index == wanted.name.name, Case.kana_index == wanted.name.kana))
    if wanted.birth:
        found.append(Case.birth_index == wanted.birth)
    return found


def _more_time(session: Session, numbers: Sequence[str]) -> dict[str, ExtensionState]:
    """Which of these cases have more time, or a notice of it in work; a draft, which waits for somebody, goes first."""
    wanted = (
        select(Case.number, Extension.state)
        .join(Extension, Extension.case_id == Case.id)
        .where(Case.number.in_(numbers), Extension.state != ExtensionState.DROPPED)
    )
    found: dict[str, ExtensionState] = {}
    for number, state in session.execute(wanted):
        if found.get(number) is not ExtensionState.DRAFTED:
            found[number] = state
    return found


def _row(values: dict[str, object], today: date) -> Row:
    next_due_on, state = values["next_due_on"], values["state"]
    left = (next_due_on - today).days if isinstance(next_due_on, date) else None
    overdue = left is not None and left < 0 and state not in NOTIFIED
    return Row(days_left=left, overdue=overdue, paused=state is State.CORRECTION, **values)  # type: ignore[arg-type]
