"""The desk of a body: the cases that it sees, by whose move it is and what is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, defer

from discrepancy import policy
from discrepancy.models.bodies import Body
from discrepancy.models.cases import CaseBody, Discrepancy
from discrepancy.queries import paging
from discrepancy.queries.access import visible
from discrepancy.queries.bodies import LONGEST, by_codes, fitting
from discrepancy.queries.paging import keys_of_page, pages_of
from discrepancy.rules.states import OPEN, CaseState, Party
from discrepancy.rules.waiting import TURN
from portal.core.actor import Actor

ENDED = frozenset(CaseState) - OPEN


class Scope(StrEnum):
    """Which cases. ``ours``: the next move is ours. ``through``: we only pass on in them."""

    OPEN = "open"
    OURS = "ours"
    OVERDUE = "overdue"
    THROUGH = "through"
    ENDED = "ended"


@dataclass(frozen=True)
class Filter:
    """What is looked for. ``text``: a case's number, or a body's name or code; ``serial``: blind index of 処理通番."""

    scope: Scope = Scope.OPEN
    state: str = ""
    kind: str = ""
    text: str = ""
    serial: str = ""
    page: int = 1


@dataclass(frozen=True)
class Row:
    """A case in the list; nothing sealed is read."""

    case: Discrepancy
    inquirer: Body | None
    provider: Body | None
    ours: bool
    overdue: bool


@dataclass(frozen=True)
class Desk:
    """A page of the list; ``counts`` by scope, of everything that the actor sees."""

    rows: list[Row]
    counts: dict[Scope, int]
    total: int
    number: int
    pages: int


def desk(session: Session, wanted: Filter, *, actor: Actor, today: date) -> Desk:
    """What the actor sees, by what is due first; ended cases the latest first."""
    others = [visible(actor), *_conditions(session, wanted)]
    conditions = [_in_scope(wanted.scope, actor, today), *others]
    walked = conditions
    if wanted.scope is Scope.ENDED and not actor.body:
        # Said this way, no database gathers all ended ones by state and then looks at each of them or sorts them.
        walked = [Discrepancy.state.not_in(sorted(OPEN)), *others]
    counts, said = _counts(session, actor, today), wanted.text.strip()
    if wanted.scope in counts and not (wanted.state or wanted.kind or said):
        total = counts[wanted.scope]
    else:
        total = session.scalar(_counting(*(walked if said else conditions))) or 0
    pages, number = pages_of(total, wanted.page)
    start = (number - 1) * paging.A_PAGE
    if wanted.scope is Scope.ENDED:
        order = (Discrepancy.opened_at, Discrepancy.number)
        keys = keys_of_page(session, Discrepancy.number, walked, order, descending=True, total=total, start=start)
    else:
        keys = _by_day(session, conditions, total, start)
    rows = session.scalars(select(Discrepancy).where(Discrepancy.number.in_(keys)).options(*_SEALED))
    found = sorted(rows, key=lambda case: keys.index(case.number))
    return Desk(_rows(session, found, actor, today), counts, total, number, pages)


def _by_day(session: Session, conditions: list[ColumnElement[bool]], total: int, start: int) -> list[str]:
    """A page by the day that something is due, those without one behind; two walks along an index, no sorting."""
    dated = Discrepancy.due_on.is_not(None)
    with_day = session.scalar(_counting(*conditions, dated)) or 0
    order = (Discrepancy.due_on, Discrepancy.number)
    found = keys_of_page(
        session,
        Discrepancy.number,
        [*conditions, dated],
        order,
        descending=False,
        total=with_day,
        start=start,
        most=paging.A_PAGE,
    )
    rest = keys_of_page(
        session,
        Discrepancy.number,
        [*conditions, ~dated],
        (Discrepancy.number,),
        descending=False,
        total=total - with_day,
        start=max(0, start - with_day),
        most=paging.A_PAGE - len(found),
    )
    return [*found, *rest]


_SEALED = tuple(defer(column) for column in (Discrepancy.summary, Discrepancy.serial, Discrepancy.office_wrap))


def _rows(session: Session, found: list[Discrepancy], actor: Actor, today: date) -> list[Row]:
    bodies = by_codes(session, {code for case in found for code in (case.inquirer_code, case.provider_code)})
    return [
        Row(
            case,
            bodies.get(case.inquirer_code),
            bodies.get(case.provider_code),
            ours=is_ours(case, actor),
            overdue=case.due_on is not None and case.due_on < today,
        )
        for case in found
    ]


def is_ours(case: Discrepancy, actor: Actor) -> bool:
    """Whether the next move is the actor's body's, or the operator's."""
    state = CaseState(case.state)
    if state not in TURN:
        return False
    if not actor.body:
        return TURN[state] is Party.OPERATOR and policy.works_as_operator(actor)
    mover = {Party.INQUIRER: case.inquirer_code, Party.PROVIDER: case.provider_code, None: case.causer_code}
    return mover.get(TURN[state]) == actor.body


def ours(actor: Actor) -> ColumnElement[bool]:
    """The same as a condition on :class:`Discrepancy`."""
    if not actor.body:
        return Discrepancy.state.in_([state for state, party in TURN.items() if party is Party.OPERATOR])
    columns = {
        Party.INQUIRER: Discrepancy.inquirer_code,
        Party.PROVIDER: Discrepancy.provider_code,
        None: Discrepancy.causer_code,
    }
    return or_(
        *(
            and_(
                column == actor.body, Discrepancy.state.in_([state for state, mover in TURN.items() if mover is party])
            )
            for party, column in columns.items()
        )
    )


def _in_scope(scope: Scope, actor: Actor, today: date) -> ColumnElement[bool]:
    going = Discrepancy.state.in_(sorted(OPEN))
    match scope:
        case Scope.OPEN:
            return going
        case Scope.OURS:
            return ours(actor)
        case Scope.OVERDUE:
            return Discrepancy.due_on < today
        case Scope.THROUGH:
            through = select(CaseBody.case_number).where(
                CaseBody.body_code == actor.body, CaseBody.party == Party.PREFECTURE
            )
            return Discrepancy.number.in_(through) if actor.body else false()
        case Scope.ENDED:
            return Discrepancy.state.in_(sorted(ENDED))


def _conditions(session: Session, wanted: Filter) -> list[ColumnElement[bool]]:
    """What is looked for besides the scope."""
    found = []
    if wanted.state:
        found.append(Discrepancy.state == wanted.state)
    if wanted.kind:
        found.append(Discrepancy.kind == wanted.kind)
    said = wanted.text.strip()[:LONGEST]
    if said:
        codes, numbers = fitting(session, said), [said.lower()]
        if wanted.serial:  # looked up first, so that an index of the list has all that is compared
            same = select(Discrepancy.number).where(Discrepancy.serial_index == wanted.serial)
            numbers += session.scalars(same.limit(paging.A_PAGE))
        fits = (
            Discrepancy.number.in_(numbers),
            Discrepancy.inquirer_code.in_(codes),
            Discrepancy.provider_code.in_(codes),
        )
        found.append(or_(*fits))
    return found


def _counts(session: Session, actor: Actor, today: date) -> dict[Scope, int]:
    """Each by an index of its own; counted in one pass, the operator's would read every case."""
    return {
        scope: session.scalar(_counting(visible(actor), _in_scope(scope, actor, today))) or 0
        for scope in (Scope.OPEN, Scope.OURS, Scope.OVERDUE, Scope.THROUGH)
    }


def _counting(*conditions: ColumnElement[bool]) -> Select[int]:
    return select(func.count()).select_from(Discrepancy).where(*conditions)
